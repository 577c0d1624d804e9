package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.monitor.PriceRules;
import cn.cityapis.platform.time.WorkingCalendar;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.migration.Context;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database with the made-up city before the service answers. As a migration it happens once, in one
 * transaction, and by one of several replicas that start together; where there is a catalogue already, it does nothing.
 */
@Component
@ConditionalOnProperty("demo.data")
class DemoMigration extends DemoFilling {

    static final long SEED = 371000;

    private final Clock clock;
    private final WorkingCalendar calendar;

    DemoMigration(Clock clock, WorkingCalendar calendar) {
        super("demo city");
        this.clock = clock;
        this.calendar = calendar;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        if (isEmpty(connection)) {
            DemoCity city = DemoCity.generate(SEED, clock.instant(), thresholds(connection));
            city.into(connection);
            DemoPurchases.into(connection, city, calendar);
            DemoStories.into(connection);
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet any = statement.executeQuery("SELECT EXISTS (SELECT FROM drug)")) {
            return any.next() && !any.getBoolean(1);
        }
    }

    private PriceRules.Thresholds thresholds(Connection connection) throws SQLException {
        List<PriceRules.Thresholds> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT in_force_from, yellow_above_bp, red_above_bp FROM price_threshold")) {
            while (rows.next()) {
                all.add(PriceRules.Thresholds.ofProcured(rows.getObject(1, LocalDate.class), rows.getInt(2),
                        rows.getInt(3)));
            }
        }
        return PriceRules.inForce(all, LocalDate.now(clock));
    }
}
