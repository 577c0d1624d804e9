package cn.cityapis.bench.eldercare;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import cn.cityapis.bench.Database;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.PiiKeys;

/** Homes, beds and queues of the benchmark. Who is asked for is a copy of one real applicant, sealed anew for its row. */
final class Homes {

    /** 1,000 wait in the first, a tenth of all in the second; nine further ones hold the rest. */
    static final int SMALL = 1;
    static final int LARGE = 2;
    private static final int LONG_QUEUES = 11;
    /** From here on: short queues for the offers. */
    static final int FOR_OFFERS = 100;
    static final int BEDS = 20;
    private static final String KEYS = "dev:00112233445566778899aabbccddeeff";
    private static final String INDEX_KEY = KEYS.substring(4).repeat(2);

    private final Database database;
    private final FieldCipher cipher = new FieldCipher(PiiKeys.parse(KEYS, INDEX_KEY, true), new SecureRandom());

    private int people;

    Homes(Database database) {
        this.database = database;
    }

    static UUID id(int number) {
        return new UUID(0x7000L, 0x8000000000000000L + number);
    }

    /** @param offerHomes how many homes have free beds and a short queue */
    void open(int offerHomes) throws SQLException {
        database.run("""
                insert into rule_book_extension (id, rule_book_id, extended_to, decided_on, decided_by, basis, demo)
                values (gen_random_uuid(), '2023-17', '2030-12-31', '2024-12-20', 'bench', 'bench', true);
                insert into home (id, code, org, agency_org, name, kind, district_code, district_name, address, phone,
                                  opening_hours)
                select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'bench-' || n, '%s', '%s', 'bench ' || n,
                       'PUBLIC', '371002', '-', '-', '0', '-'
                from (select generate_series(1, %d) union all select generate_series(%d, %d)) homes (n);
                insert into bed_type (id, home_id, kind, levels, monthly_fee_fen)
                select gen_random_uuid(), id, 'NURSING', '{2,3,4}', 200000 from home
                """.formatted(Service.ORG, Service.AGENCY, LONG_QUEUES, FOR_OFFERS, FOR_OFFERS + offerHomes - 1));
        database.run("""
                insert into bed (id, home_id, bed_type_id, label, state)
                select gen_random_uuid(), t.home_id, t.id, 'B-' || lpad(n::text, 3, '0'), 'FREE'
                from bed_type t join home h on h.id = t.home_id cross join generate_series(1, %d) n
                where h.code >= 'bench-1' and substr(h.code, 7)::int >= %d
                """.formatted(BEDS, FOR_OFFERS));
    }

    /** Rows that are counted but never opened; applied for over three years. */
    void fill(int waiting) throws SQLException {
        int each = waiting / 10;
        database.run("""
                insert into application (id, owner_subject, state, state_facts, live, rule_book_id, sealed, created_at)
                select md5('bench' || n)::uuid, 'nobody', 'WAITING', '{}', false, '2023-17', '\\x00', now()
                from generate_series(1, %d) n
                """.formatted(Math.max(each, 1_000)));
        for (int home = SMALL; home <= LONG_QUEUES; home++) {
            database.run("""
                    insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                             masked_name, sealed_needs)
                    select gen_random_uuid(), md5('bench' || n)::uuid, '%s', n + 1000, c.channel, c.rank,
                           now() - random() * interval '1095 days', 'WAITING', '张*', '\\x00'
                    from generate_series(1, %d) n
                    cross join lateral (select case when n %% 5 = 0 then 'PRIORITY' else 'ORDINARY' end,
                                               case when n %% 5 = 0 then 2 else 3 end) c (channel, rank)
                    """.formatted(id(home), home == SMALL ? 1_000 : each));
        }
        database.run("update home set next_queue_number = 10000000");
        database.run("vacuum analyze");
    }

    /** Copies of an applicant who waits, in the queue of a home, applied for at random moments of three years. */
    List<UUID> copies(UUID applicant, UUID home, int count) throws SQLException {
        List<UUID> copied = new ArrayList<>();
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            Sealed sealed = unseal(connection, applicant);
            for (int i = 0; i < count; i++) {
                copied.add(copy(connection, applicant, home, sealed));
            }
            connection.commit();
        }
        return copied;
    }

    private record Sealed(UUID entry, String dossier, String needs) {
    }

    private Sealed unseal(Connection connection, UUID applicant) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("select a.sealed, e.id, e.sealed_needs from application a "
                        + "join queue_entry e on e.application_id = a.id where a.id = '" + applicant + "'")) {
            row.next();
            UUID entry = row.getObject(2, UUID.class);
            return new Sealed(entry, cipher.decrypt("application", "sealed", applicant, row.getBytes(1)),
                    cipher.decrypt("queue_entry", "sealed_needs", entry, row.getBytes(3)));
        }
    }

    private UUID copy(Connection connection, UUID applicant, UUID home, Sealed sealed) throws SQLException {
        UUID id = UUID.randomUUID();
        UUID entry = UUID.randomUUID();
        try (PreparedStatement application = connection.prepareStatement("""
                insert into application select (jsonb_populate_record(a, jsonb_build_object('id', ?::text,
                    'sealed', ?::bytea::text, 'person_index', ?::bytea::text))).*
                from application a where a.id = ?
                """);
                PreparedStatement place = connection.prepareStatement("""
                insert into queue_entry select (jsonb_populate_record(e, jsonb_build_object('id', ?::text,
                    'application_id', ?::text, 'home_id', h.id, 'queue_number', h.next_queue_number,
                    'sealed_needs', ?::bytea::text, 'applied_at', now() - random() * interval '1095 days'))).*
                from queue_entry e cross join home h where e.id = ? and h.id = ?
                """);
                PreparedStatement next = connection.prepareStatement(
                        "update home set next_queue_number = next_queue_number + 1 where id = ?")) {
            application.setString(1, id.toString());
            String number = Applicant.idNumber(++people);
            application.setBytes(2, cipher.encrypt("application", "sealed", id,
                    sealed.dossier().replace(Applicant.idNumber(0), number)));
            application.setBytes(3, cipher.blindIndex("person.id_number", number));
            application.setObject(4, applicant);
            application.executeUpdate();
            place.setString(1, entry.toString());
            place.setString(2, id.toString());
            place.setBytes(3, cipher.encrypt("queue_entry", "sealed_needs", entry, sealed.needs()));
            place.setObject(4, sealed.entry());
            place.setObject(5, home);
            place.executeUpdate();
            next.setObject(1, home);
            next.executeUpdate();
        }
        return id;
    }

    List<UUID> beds(int home) throws SQLException {
        List<UUID> beds = new ArrayList<>();
        try (Connection connection = database.open();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("select id from bed where home_id = '" + id(home) + "'")) {
            while (rows.next()) {
                beds.add(rows.getObject(1, UUID.class));
            }
        }
        return beds;
    }
}
