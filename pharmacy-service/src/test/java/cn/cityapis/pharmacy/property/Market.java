package cn.cityapis.pharmacy.property;

import cn.cityapis.platform.test.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The database of the test, with two buyers, two suppliers, four stores each and ten medicines. */
final class Market {

    static final int CHAINS = 2;
    private static final int STORES = 4;
    private static final int DRUGS = 10;

    final TestDatabase database = TestDatabase.create();
    final List<List<UUID>> stores = IntStream.range(0, CHAINS).mapToObj(chain -> ids(STORES)).toList();
    final List<UUID> suppliers = ids(CHAINS);
    final List<UUID> drugs = ids(DRUGS);

    private static List<UUID> ids(int count) {
        return IntStream.range(0, count).mapToObj(n -> UUID.randomUUID()).toList();
    }

    /** Of each medicine one award, at ten yuan and so many fen. */
    static long procuredFen(int drug) {
        return 1_000 + drug;
    }

    /** After a replica has made the tables. */
    void found() throws SQLException {
        StringBuilder sql = new StringBuilder("""
                INSERT INTO area VALUES ('371002', '环翠区', 'district', '371000', 't');
                """);
        for (int i = 0; i < CHAINS; i++) {
            UUID chain = UUID.randomUUID();
            sql.append("INSERT INTO chain VALUES ('%s', 'demo-chain-%d', 'c', true);".formatted(chain, i + 1));
            sql.append("INSERT INTO supplier VALUES ('%s', 'demo-supplier-%d', 's', true);".formatted(suppliers.get(i),
                    i + 1));
            stores.get(i).forEach(store -> sql.append("""
                    INSERT INTO institution (id, chain_id, kind, name, address, area_code, phone, insurance_accepted, lat,
                                             lon, demo)
                    VALUES ('%1$s', '%2$s', 'store', 'n', 'a', '371002', 'p', true, 37.5, 122.1, true);
                    INSERT INTO participation VALUES ('%1$s', 'chain_procurement', '2024-01-01', NULL);
                    """.formatted(store, chain)));
        }
        for (int i = 0; i < DRUGS; i++) {
            sql.append("""
                    INSERT INTO drug VALUES ('%1$s', '药%2$d', '片剂', '1mg', 1, 'mg', 10, '片', '盒', 'm',
                                             '国药准字H9900000%2$d', 'c%2$d', 'y', 'yao', 't', true);
                    INSERT INTO award VALUES (gen_random_uuid(), '%1$s', 'b', '371000', '2025-01-01', '2099-12-31', %3$d,
                                              't', true, now());
                    INSERT INTO price VALUES (gen_random_uuid(), '%1$s', 'procured', '371000', %3$d, '2025-01-01', 't',
                                              true, now());
                    """.formatted(drugs.get(i), i, procuredFen(i)));
        }
        database.execute(sql.toString());
    }
}
