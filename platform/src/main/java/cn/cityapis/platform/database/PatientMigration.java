package cn.cityapis.platform.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * A migration gives way to the version that still serves. It waits for a lock no longer than {@code lock_timeout} of
 * spring.flyway.init-sqls, which must be shorter than the server's deadlock_timeout (1 s): whoever waits behind it goes on,
 * and where both wait for each other it is never the caller who is ended. Then it begins again, with nothing done.
 */
final class PatientMigration implements FlywayMigrationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(PatientMigration.class);
    /** lock_not_available, deadlock_detected. */
    private static final Set<String> LOST = Set.of("55P03", "40P01");
    private static final Duration MOST = Duration.ofMinutes(10);

    /** @throws FlywayException if it fails of itself, or has found no gap in ten minutes */
    @Override
    public void migrate(Flyway flyway) {
        long end = System.nanoTime() + MOST.toNanos();
        while (true) {
            try {
                forgetHalfDone(flyway.getConfiguration());
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!lostARace(e) || System.nanoTime() > end) {
                    throw e;
                }
                LOG.warn("a migration gave way to the version that serves, and begins again");
            }
            pause();
        }
    }

    /** Only what ran outside a transaction is noted as failed, and that can be done again (docs/decisions/0059). */
    private static void forgetHalfDone(Configuration flyway) {
        try (Connection database = flyway.getDataSource().getConnection(); Statement sql = database.createStatement()) {
            try (ResultSet found = sql.executeQuery("SELECT to_regclass('%s')".formatted(flyway.getTable()))) {
                if (!found.next() || found.getString(1) == null) {
                    return;
                }
            }
            int forgotten = sql.executeUpdate("DELETE FROM %s WHERE NOT success".formatted(flyway.getTable()));
            if (forgotten > 0) {
                LOG.warn("a migration that ended half done is begun again");
            }
        } catch (SQLException e) {
            throw new FlywayException("cannot read the history of migrations", e);
        }
    }

    private static boolean lostARace(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && LOST.contains(refused.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(200, 600));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
