package cn.cityapis.bench.pharmacy;

import cn.cityapis.bench.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** Medicines, one chain and places at random over the east of China; made by the database from numbers. */
final class City {

    /** As many institutions as the city has. */
    static final int REAL = 1_400;
    static final String ORG = "bench-chain";
    static final int MEDICINES = 145;
    /** Nine of ten places have it. */
    static final UUID COMMON = drug(1);
    /** Ten places have it, however many there are. */
    static final UUID RARE = drug(MEDICINES);
    static final double SOUTH = 23;
    static final double NORTH = 41;
    static final double WEST = 103;
    static final double EAST = 122;
    private static final int HOLDERS_OF_RARE = 10;
    /** Of the common medicine and four others: a place that is not in the city has fewer shelves to be asked for. */
    private static final int FEW = 5;

    private final Database database;
    private int places;

    City(Database database) {
        this.database = database;
    }

    static UUID drug(int number) {
        return new UUID(0x7000L, 0x8000000000000000L + number);
    }

    static UUID place(int number) {
        return new UUID(0x17000L, 0x8000000000000000L + number);
    }

    /** The catalogue, the chain and the first places, each with half of the medicines. */
    void open() throws SQLException {
        database.run("""
                INSERT INTO area VALUES ('371000', 'bench', 'city', NULL, 'bench');
                INSERT INTO chain VALUES ('00000000-0000-7000-8000-0000000000c1', '%s', 'bench', true);
                INSERT INTO drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                                  pack_name, maker, approval_no, insurance_code, initials, pinyin, source, demo)
                SELECT %s, '药' || n, '片剂', '1g', 1, 'g', 30, '片', '盒', '厂', '国药准字H' || 10000000 + n, 'BENCH-' || n,
                       'y' || n, 'yao' || n, 'bench', true
                  FROM generate_series(1, %d) n;
                INSERT INTO award (id, drug_id, batch, supply_area, valid_from, valid_to, price_fen, source, demo, recorded_at)
                SELECT gen_random_uuid(), id, 'bench', '371000', '2020-01-01', '2099-12-31', 735, 'bench', true, now() FROM drug;
                INSERT INTO price (id, drug_id, kind, area, pack_fen, in_force_from, source, demo, recorded_at)
                SELECT gen_random_uuid(), id, 'procured', '371000', 735, '2020-01-01', 'bench', true, now() FROM drug
                """.formatted(ORG, id("7000", "n"), MEDICINES));
        grow(REAL, MEDICINES);
    }

    /** Places up to a number, each with some of the medicines; indexes are made anew when most of the rows are. */
    void growTo(int number) throws SQLException {
        boolean anew = number > 10 * places;
        if (anew) {
            database.run("DROP INDEX stock_nearest; DROP INDEX institution_by_position; DROP INDEX institution_on_map");
        }
        grow(number, FEW);
        if (anew) {
            database.run("""
                    CREATE INDEX stock_nearest ON stock USING gist (drug_id, position);
                    CREATE INDEX institution_by_position ON institution USING gist (position);
                    CREATE INDEX institution_on_map ON institution USING gist (point(lon, lat))
                    """);
        }
        database.run("VACUUM ANALYZE");
        database.checkpoint();
    }

    private void grow(int number, int medicines) throws SQLException {
        database.run("SELECT setseed(0.371)");
        database.run(String.format(Locale.ROOT, """
                INSERT INTO institution (id, chain_id, kind, name, address, area_code, phone, insurance_accepted, lat, lon, demo)
                SELECT %s, '00000000-0000-7000-8000-0000000000c1', 'store', '店' || n, '-', '371000', '-', true,
                       %f + random() * %f, %f + random() * %f, true
                  FROM generate_series(%d, %d) n;
                INSERT INTO opening_hours SELECT %s, day, '08:00', '21:00'
                  FROM generate_series(%d, %d) n CROSS JOIN generate_series(1, 7) day;
                INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                SELECT i.id, d.id, i.position, 5, 735, now() - interval '1 day', 'bench'
                  FROM generate_series(%d, %d) n
                  JOIN institution i ON i.id = %s
                 CROSS JOIN generate_series(1, %d) m
                  JOIN drug d ON d.id = %s
                 WHERE random() + 0 * n < CASE WHEN m = 1 THEN 0.9 WHEN m = %d THEN 0 ELSE 0.5 END
                """, id("17000", "n"), SOUTH, NORTH - SOUTH, WEST, EAST - WEST, places + 1, number, id("17000", "n"),
                places + 1, number, places + 1, number, id("17000", "n"), medicines, id("7000", "m"), MEDICINES));
        places = number;
        scatterRare();
        database.run("ANALYZE");
    }

    /** Always ten, and spread over all places. */
    private void scatterRare() throws SQLException {
        database.run("DELETE FROM retail_price_change WHERE drug_id = '" + RARE + "'");
        try (Connection connection = database.open();
                PreparedStatement clear = connection.prepareStatement("DELETE FROM stock WHERE drug_id = ?");
                PreparedStatement put = connection.prepareStatement("""
                        INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                        SELECT id, ?, position, 5, 735, now() - interval '1 day', 'bench' FROM institution WHERE id = ?
                        """)) {
            clear.setObject(1, RARE);
            clear.executeUpdate();
            for (int i = 1; i <= HOLDERS_OF_RARE; i++) {
                put.setObject(1, RARE);
                put.setObject(2, place((int) ((long) places * i / HOLDERS_OF_RARE)));
                put.executeUpdate();
            }
        }
    }

    /** The id of a number in SQL, as {@link #drug} and {@link #place} make it. */
    private static String id(String high, String number) {
        return "(lpad('" + high + "', 16, '0') || '8' || lpad(to_hex(" + number + "), 15, '0'))::uuid";
    }
}
