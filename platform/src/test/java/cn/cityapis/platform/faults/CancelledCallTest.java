package cn.cityapis.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whoever hangs up, at whatever moment, leaves every connection to the next call. */
@ServiceTest(classes = SampleApplication.class, properties = "DB_POOL_SIZE=3")
class CancelledCallTest {

    private static final int CALLS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Autowired
    DatabaseClient database;
    @Autowired
    TransactionalOperator transaction;

    @Autowired
    MeterRegistry meters;

    private final Random random = new Random(1);

    @BeforeEach
    void table() {
        database.sql("CREATE TABLE IF NOT EXISTS written (id int PRIMARY KEY)").then().block(PATIENCE);
        database.sql("TRUNCATE written").then().block(PATIENCE);
    }

    @Test
    void givesItsConnectionBackAndLeavesNoTransactionOpen() {
        for (int i = 0; i < CALLS; i++) {
            Disposable cancelled = Flux.range(0, 4).concatMap(any -> sleep().as(transaction::transactional))
                    .subscribe();
            LockSupport.parkNanos(random.nextLong(3_000_000));
            cancelled.dispose();
            write(i).block(PATIENCE);
        }
        assertThat(number("SELECT count(*)::int AS n FROM written")).isEqualTo(CALLS);
        awaitThat(() -> openTransactions() == 0, "no transaction is left open");
        awaitThat(() -> meters.get("r2dbc.pool.acquired").gauge().value() == 0, "every connection is given back");
    }

    /** The last call is still being rolled back. */
    private static void awaitThat(BooleanSupplier settled, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!settled.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Mono<Void> sleep() {
        return database.sql("SELECT pg_sleep(0.0005)").fetch().first().then();
    }

    private Mono<Long> write(int id) {
        return database.sql("INSERT INTO written VALUES (:id)").bind("id", id).fetch().rowsUpdated();
    }

    private int openTransactions() {
        return number("""
                SELECT count(*)::int AS n FROM pg_stat_activity
                 WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                """);
    }

    private int number(String query) {
        return Objects
                .requireNonNull(database.sql(query).map(row -> row.get("n", Integer.class)).one().block(PATIENCE));
    }
}
