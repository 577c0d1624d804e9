package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.demo.DemoInstitutions.Place;
import cn.cityapis.pharmacy.demo.DemoSource.DemoArea;
import cn.cityapis.pharmacy.monitor.PriceRules;
import cn.cityapis.pharmacy.money.Fen;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.migration.Context;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Adds public hospitals to the made-up city, of which one asks more than 威医保发〔2023〕33号 二（一） leaves it. A migration of
 * its own, after that of the city by its name, so that cities that were filled before it was thought of get them too.
 */
@Component
@ConditionalOnProperty("demo.data")
class DemoPublicHospitals extends DemoFilling {

    static final int COUNT = 8;
    /** The medicine that one of them sells above what it paid. */
    static final String DEAR = "DEMO-0002";
    private static final long ABOVE_FEN = 60;
    /** Numbers of addresses and telephones that no other place has. */
    private static final int FIRST_NUMBER = 2001;

    private final Clock clock;

    DemoPublicHospitals(Clock clock) {
        super("demo public hospitals");
        this.clock = clock;
    }

    private record Medicine(UUID id, String code, long procuredFen) {
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        if (areMissing(connection)) {
            DemoRandom random = new DemoRandom(DemoMigration.SEED + 1);
            List<Place> hospitals = hospitals(random);
            DemoCity.copyPlaces(connection, hospitals);
            copyShelves(connection, hospitals, medicines(connection), random);
        }
    }

    private static boolean areMissing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet any = statement.executeQuery("""
                        SELECT EXISTS (SELECT FROM drug WHERE demo)
                               AND NOT EXISTS (SELECT FROM institution WHERE kind = 'public_hospital')
                        """)) {
            return any.next() && any.getBoolean(1);
        }
    }

    private static List<Place> hospitals(DemoRandom random) {
        List<DemoArea> towns = DemoSource.read().areas().stream().filter(DemoArea::isTown).toList();
        List<Place> hospitals = new ArrayList<>();
        for (int number = FIRST_NUMBER; number < FIRST_NUMBER + COUNT; number++) {
            hospitals.add(DemoInstitutions.publicHospital(number, random.oneOf(towns, DemoArea::weight), random));
        }
        return hospitals;
    }

    private static List<Medicine> medicines(Connection connection) throws SQLException {
        List<Medicine> medicines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT DISTINCT ON (d.insurance_code) d.id, d.insurance_code, p.pack_fen
                          FROM drug d JOIN price p ON p.drug_id = d.id AND p.kind = 'procured'
                         WHERE d.demo AND p.in_force_from <= current_date
                         ORDER BY d.insurance_code, p.in_force_from DESC, p.recorded_at DESC, p.id DESC
                        """)) {
            while (rows.next()) {
                medicines.add(new Medicine(rows.getObject(1, UUID.class), rows.getString(2), rows.getLong(3)));
            }
        }
        return medicines;
    }

    /** All at what was paid, except for one. */
    private void copyShelves(Connection connection, List<Place> hospitals, List<Medicine> medicines,
            DemoRandom random) throws SQLException {
        Instant now = clock.instant();
        CopyIn reports = new CopyIn("demo_report (institution_id, drug_id, quantity, price, reported_at)");
        CopyIn flags = new CopyIn(
                """
                price_flag (institution_id, drug_id, level, retail_price_fen, procured_fen, above_bp, reported_at, reasons)""");
        CopyIn cases = new CopyIn("""
                price_case (id, institution_id, drug_id, state, retail_price_fen, procured_fen, opened_at)""");
        for (Place place : hospitals) {
            for (Medicine m : medicines) {
                boolean dear = place.equals(hospitals.getFirst()) && m.code().equals(DEAR);
                Instant at = now.minus(Duration.ofMinutes(random.between(5, 48 * 60)));
                long fen = m.procuredFen() + (dear ? ABOVE_FEN : 0);
                if (random.chance(0.6) || dear) {
                    reports.row(place.id(), m.id(), random.between(1, 200), fen, at);
                }
                if (dear) {
                    flags.row(place.id(), m.id(), "red", fen, m.procuredFen(),
                            PriceRules.aboveBp(new Fen(fen), new Fen(m.procuredFen())), at, "{markup}");
                    cases.row(random.id(), place.id(), m.id(), "open", fen, m.procuredFen(), at);
                }
            }
        }
        DemoCity.copyStock(connection, reports);
        flags.into(connection);
        cases.into(connection);
    }
}
