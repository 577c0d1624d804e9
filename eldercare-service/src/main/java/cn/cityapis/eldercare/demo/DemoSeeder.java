package cn.cityapis.eldercare.demo;

import cn.cityapis.eldercare.demo.DemoHomes.DemoHome;
import cn.cityapis.eldercare.rulebook.Extension;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.start.StartTask;
import io.r2dbc.postgresql.codec.Json;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Fills an empty database with invented homes, beds and people, all marked; once, before the service says it is ready. */
@Component
@ConditionalOnProperty(name = "demo.data", havingValue = "true")
class DemoSeeder implements StartTask {

    private static final String[] KINDS = {"GENERAL", "NURSING", "DEMENTIA_CARE"};
    private static final int[][] LEVELS = {{0, 1}, {2, 3, 4}, {2, 3, 4}};
    private static final long[] FEES = {120_000, 220_000, 280_000};
    private static final int[] SHARES = {45, 45, 10};

    private final DatabaseClient database;
    private final RuleBooks books;
    private final Waitlist waitlist;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Ids ids;
    private final WorkingCalendar calendar;
    private final Clock clock;

    DemoSeeder(DatabaseClient database, RuleBooks books, Waitlist waitlist, FieldCipher cipher,
            JsonMapper json, Ids ids, WorkingCalendar calendar, Clock clock) {
        this.database = database;
        this.books = books;
        this.waitlist = waitlist;
        this.cipher = cipher;
        this.json = json;
        this.ids = ids;
        this.calendar = calendar;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run() {
        return database.sql("select count(*) from home").mapValue(Long.class).one()
                .flatMap(homes -> homes > 0 ? Mono.empty() : seed());
    }

    private Mono<Void> seed() {
        Map<UUID, DemoHome> homes = new LinkedHashMap<>();
        DemoHomes.ALL.forEach(home -> homes.put(homeId(home), home));
        DemoRows rows = new DemoRows(cipher, json, ids, clock.instant(), calendar);
        rows.fill(homes);
        return books.extend("2023-17", new Extension(ids.next(), LocalDate.of(2028, 12, 31), LocalDate.of(2024, 12, 20),
                "371000", "演示数据：假定市民政部门决定延续适用；并非真实决定", true))
                .then(insert(HOMES, homeRows(homes)))
                .then(insert(TYPES, typeRows(homes)))
                .then(insert(BEDS, bedRows(homes)))
                .then(insert(APPLICATIONS, rows.applications))
                .then(insert(ENTRIES, rows.entries))
                .then(database.sql(DEADLINES).bind("now", clock.instant()).then())
                .then(waitlist.carryOver())
                .then(database.sql("""
                        update home set next_queue_number = 1 + coalesce(
                            (select max(queue_number) from queue_entry e where e.home_id = home.id), 0)
                        """).then());
    }

    private Mono<Void> insert(String sql, Object rows) {
        return database.sql(sql).bind("rows", Json.of(json.writeValueAsString(rows))).then();
    }

    /** Fixed, so that documented calls can be pasted. */
    static UUID homeId(DemoHome home) {
        return new UUID(0x7000L, 0x8000000000000000L + home.number());
    }

    private static UUID typeId(DemoHome home, int kind) {
        return new UUID(0x7000L, 0x8000000000000000L + home.number() * 16L + kind + 0x1000);
    }

    private List<Map<String, @Nullable Object>> homeRows(Map<UUID, DemoHome> homes) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        homes.forEach((id, home) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("id", id);
            row.put("code", home.code());
            row.put("agency", home.number() == 1 ? "demo-agency-1" : "demo-agency-2");
            row.put("name", home.name());
            row.put("kind", home.privatelyRun() ? "PRIVATELY_RUN" : "PUBLIC");
            row.put("district", home.districtCode());
            row.put("districtName", home.districtName());
            row.put("address", home.districtName() + home.area() + "演示路 " + home.number() + " 号");
            row.put("phone", "0631-00000" + String.format("%02d", home.number()));
            row.put("lat", home.lat());
            row.put("lon", home.lon());
            rows.add(row);
        });
        return rows;
    }

    private List<Map<String, @Nullable Object>> typeRows(Map<UUID, DemoHome> homes) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        homes.forEach((id, home) -> {
            for (int kind = 0; kind < KINDS.length; kind++) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("id", typeId(home, kind));
                row.put("home", id);
                row.put("kind", KINDS[kind]);
                row.put("levels", LEVELS[kind]);
                row.put("fee", FEES[kind] + home.number() * 1000L);
                rows.add(row);
            }
        });
        return rows;
    }

    private List<Map<String, @Nullable Object>> bedRows(Map<UUID, DemoHome> homes) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        homes.forEach((id, home) -> {
            for (int kind = 0; kind < KINDS.length; kind++) {
                int beds = home.beds() * SHARES[kind] / 100;
                for (int i = 0; i < beds; i++) {
                    rows.add(bedRow(id, home, kind, i, beds));
                }
            }
        });
        return rows;
    }

    /** The last two nursing beds of a home are its emergency beds; one of them is free. */
    private Map<String, @Nullable Object> bedRow(UUID homeId, DemoHome home, int kind, int i, int beds) {
        boolean emergency = kind == 1 && i >= beds - 2;
        boolean free = emergency ? i == beds - 1 : i < home.free()[kind];
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", ids.next());
        row.put("home", homeId);
        row.put("type", typeId(home, kind));
        row.put("label", String.format("%d-%03d-%s", kind + 1, 101 + i / 2, i % 2 == 0 ? "A" : "B"));
        row.put("sex", free ? null : DemoPeople.sexOfRoom(i / 2));
        row.put("emergency", emergency);
        row.put("state", free ? "FREE" : "OCCUPIED");
        return row;
    }

    private static final String HOMES = """
            insert into home (id, code, org, agency_org, name, kind, district_code, district_name, address, phone, opening_hours,
                              lat, lon, fee_items, demo)
            select id, code, code, agency, name, kind, district, "districtName", address, phone, '每日 08:30–17:00', lat, lon,
                   '[{"name":"餐费","monthlyFen":75000},{"name":"护理费（按等级）","monthlyFen":90000}]'::jsonb, true
            from jsonb_to_recordset(:rows) as r(id uuid, code text, agency text, name text, kind text, district text,
                 "districtName" text, address text, phone text, lat float8, lon float8)
            """;
    private static final String TYPES = """
            insert into bed_type (id, home_id, kind, levels, monthly_fee_fen)
            select id, home, kind, levels, fee
            from jsonb_to_recordset(:rows) as r(id uuid, home uuid, kind text, levels smallint[], fee bigint)
            """;
    private static final String BEDS = """
            insert into bed (id, home_id, bed_type_id, label, sex, emergency, state)
            select id, home, type, label, sex, emergency, state
            from jsonb_to_recordset(:rows) as r(id uuid, home uuid, type uuid, label text, sex text, emergency boolean, state text)
            """;
    private static final String APPLICATIONS = """
            insert into application (id, owner_subject, state, state_facts, live, rule_book_id, review_home, agency_org, channel,
                                     masked_name, person_index, sealed, submitted_at, created_at, demo)
            select id, owner, state, facts, live, '2023-17', home, agency, channel, name, decode(person, 'hex'),
                   decode(sealed, 'hex'), at, at, true
            from jsonb_to_recordset(:rows) as r(id uuid, owner text, state text, facts jsonb, live boolean, home uuid, agency text,
                 channel text, name text, person text, sealed text, at timestamptz)
            """;
    /** The periods that run in those states; a right to object that ran out was closed the day after. */
    private static final String DEADLINES = """
            insert into deadline (id, application_id, home_id, kind, bound, bound_org, started_at, last_day, provisional, warn_on,
                                  closed_at)
            select gen_random_uuid(), a.id, a.review_home, d.kind, d.bound, case d.bound when 'HOME' then h.org end, d.started,
                   d.last_day, d.provisional, d.last_day - 1,
                   case when d.kind = 'OBJECTION' and d.ends < :now::timestamptz then d.ends end
            from application a join home h on h.id = a.review_home
            cross join lateral (
                select k.kind, k.bound, (a.state_facts ->> k.since)::timestamptz as started,
                       (a.state_facts -> k.fact ->> 'lastDay')::date as last_day,
                       (a.state_facts -> k.fact ->> 'provisional')::boolean as provisional,
                       ((a.state_facts -> k.fact ->> 'lastDay')::date + 1)::timestamp at time zone 'Asia/Shanghai' as ends
                from (values ('SUBMITTED', 'REVIEW', 'HOME', 'at', 'reviewBy'),
                             ('WAITING', 'OBJECTION', 'APPLICANT', 'since', 'objectionBy')) k (state, kind, bound, since, fact)
                where k.state = a.state) d
            where a.demo
            """;
    private static final String ENTRIES = """
            insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                     masked_name, sealed_needs, ended_at, end_reason, demo)
            select id, application, home, number, channel, rank, at, phase, name, decode(needs, 'hex'), ended, reason, true
            from jsonb_to_recordset(:rows) as r(id uuid, application uuid, home uuid, number int, channel text, rank smallint,
                 at timestamptz, phase text, name text, needs text, ended timestamptz, reason text)
            """;
}
