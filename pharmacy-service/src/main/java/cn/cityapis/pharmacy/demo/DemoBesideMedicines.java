package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.catalogue.Pinyin;
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
 * Adds consumables, reagents and decoction pieces to the made-up city: real names, all else made up. A migration of its own,
 * after the others by its name, so that cities that were filled before get them too.
 */
@Component
@ConditionalOnProperty("demo.data")
class DemoBesideMedicines extends DemoFilling {

    private final Clock clock;

    DemoBesideMedicines(Clock clock) {
        super("demo things beside medicines");
        this.clock = clock;
    }

    private record Product(UUID id, long procuredFen) {
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        if (areMissing(connection)) {
            DemoRandom random = new DemoRandom(DemoMigration.SEED + 2);
            copyShelves(connection, copyProducts(connection, random), random);
        }
    }

    private static boolean areMissing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet any = statement.executeQuery("""
                        SELECT EXISTS (SELECT FROM drug WHERE demo) AND NOT EXISTS (SELECT FROM drug WHERE kind IS NOT NULL)
                        """)) {
            return any.next() && any.getBoolean(1);
        }
    }

    private List<Product> copyProducts(Connection connection, DemoRandom random) throws SQLException {
        Instant now = clock.instant();
        CopyIn drugs = new CopyIn("""
                drug (id, kind, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name, pack_name,
                      maker, approval_no, insurance_code, initials, pinyin, source, demo)""");
        CopyIn awards = new CopyIn("""
                award (id, drug_id, batch, supply_area, valid_from, valid_to, price_fen, source, demo, recorded_at)""");
        CopyIn prices = new CopyIn("""
                price (id, drug_id, kind, area, pack_fen, in_force_from, source, demo, recorded_at)""");
        List<Product> products = new ArrayList<>();
        for (String[] c : DemoSource.rows("/demo/beside-medicines.csv")) {
            int number = products.size() + 1;
            Product product = new Product(random.id(), random.between(80, 900) * 10L);
            Pinyin pinyin = Pinyin.of(c[1]);
            drugs.row(product.id(), c[0], c[1], c[2], c[3], 1, c[3], c[4], c[5], c[6],
                    "演示" + (c[0].equals("decoction_piece") ? "饮片" : "器械") + "厂（虚构）", c[7].formatted(number),
                    "DEMO-B-%03d".formatted(number), pinyin.initials(), pinyin.full(),
                    "名称、品类与规格为真实名称；企业、编码、价格为" + DemoCity.DEMO, true);
            awards.row(random.id(), product.id(), "演示批次（药品以外）", DemoCity.CITY, "2025-01-01", "2028-12-31",
                    product.procuredFen(), DemoCity.DEMO, true, now);
            prices.row(random.id(), product.id(), "before", DemoCity.CITY, Math.round(product.procuredFen() * 1.8),
                    "2020-01-01",
                    DemoCity.DEMO, true, now);
            prices.row(random.id(), product.id(), "procured", DemoCity.CITY, product.procuredFen(), "2025-01-01",
                    DemoCity.DEMO, true,
                    now);
            products.add(product);
        }
        drugs.into(connection);
        awards.into(connection);
        prices.into(connection);
        return products;
    }

    /** At what was paid or a little above it, where private places sell. */
    private void copyShelves(Connection connection, List<Product> products, DemoRandom random) throws SQLException {
        Instant now = clock.instant();
        CopyIn reports = new CopyIn("demo_report (institution_id, drug_id, quantity, price, reported_at)");
        for (UUID place : privatePlaces(connection)) {
            for (Product product : products) {
                if (random.chance(0.3)) {
                    reports.row(place, product.id(), random.between(1, 60),
                            Math.round(product.procuredFen() * random.between(1, 1.08)),
                            now.minus(Duration.ofMinutes(random.between(5, 48 * 60))));
                }
            }
        }
        DemoCity.copyStock(connection, reports);
    }

    private static List<UUID> privatePlaces(Connection connection) throws SQLException {
        List<UUID> places = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT id FROM institution WHERE demo AND kind <> 'public_hospital' ORDER BY id
                        """)) {
            while (rows.next()) {
                places.add(rows.getObject(1, UUID.class));
            }
        }
        return places;
    }
}
