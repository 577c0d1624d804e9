package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** What the database itself refuses, whatever the code above it does: each guard by a row that only it forbids. */
@ServiceTest(properties = {"demo.data=true", "eldercare.jobs.deadlines-every=PT10H", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "test.database=of-guards"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("the last guard is the database")
class GuardsStoreTest {

    private static final String OFFER = """
            insert into offer (id, home_id, bed_id, entry_id, application_id, person_index, state, candidates, made_at, made_by,
                               move_in_by, deadline_provisional)
            values (gen_random_uuid(), '{home}', '%s', '{entry%s}', '{application%s}', '%s', 'OPEN', '[]', now(), 'test',
                    current_date, false)
            """;
    private static final String STAY = """
            insert into stay (id, home_id, bed_id, application_id, purpose, reason, began_at, began_by)
            values (gen_random_uuid(), '{home}', '%s', '{application%s}', 'ADMISSION', '-', now(), 'test')
            """;
    private static final String DEADLINE = """
            insert into deadline (id, application_id, kind, bound, started_at, last_day, provisional, warn_on)
            values (gen_random_uuid(), '{applicationA}', 'RECHECK', 'AGENCY', now(), current_date, false, current_date)
            """;
    private static final String APPOINTMENT = """
            insert into appointment (id, application_id, agency_org, on_day, place, booked_by, passed_over, state, booked_at)
            values (gen_random_uuid(), '{applicationA}', 'agency', current_date, '-', 'AGENCY', %d, 'BOOKED', now())
            """;
    private static final String CHANGE = """
            insert into circumstance_change (id, application_id, sealed, state, reported_at)
            values (gen_random_uuid(), '{applicationA}', '\\x00', 'REPORTED', now())
            """;
    private static final String COMMISSION = """
            insert into assessment_agency (org, name, district_code, basis, recorded_by, recorded_at)
            values ('guarded', '-', '371002', '-', 'test', now())
            """;
    private static final String FEE = """
            insert into home_fee_change (id, home_id, name, monthly_fen, valid_from, announced_by, announced_at)
            values (gen_random_uuid(), '{home}', '餐费', %d, current_date, 'test', now())
            """;
    private static final String PRIOR = """
            insert into prior_resident (id, home_id, person_index, moved_in_on, recorded_by, recorded_at)
            values (gen_random_uuid(), '{home}', '\\xaa', '2020-01-01', 'test', now())
            """;
    private static final String ENTRY = """
            insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase, masked_name,
                                     sealed_needs)
            values (gen_random_uuid(), '%s', '%s', %s, 'ORDINARY', 3, now(), 'WAITING', '-', '\\x00')
            """;
    private static final String ADJUSTMENT = """
            insert into adjustment (id, home_id, bed_id, outcome, reason, decided_by, decided_at)
            values (gen_random_uuid(), '{home}', '{bed1}', 'KEPT', '-', 'test', now())
            """;
    private static final String FEE_OF_TYPE = """
            insert into bed_type_fee_change (id, bed_type_id, old_fen, new_fen, changed_at, changed_by)
            select gen_random_uuid(), bed_type_id, 1, 2, now(), 'test' from bed where id = '{bed1}'
            """;
    private static final String DECISION = """
            insert into decision (id, application_id, kind, from_state, to_state, articles, reason, decided_by, decided_at,
                                  rule_book_id)
            values (gen_random_uuid(), '{applicationA}', 'x', 'x', 'x', '{}', '-', 'test', now(), '2023-17')
            """;

    @Autowired
    private DatabaseClient database;

    private Map<String, String> rows;

    @BeforeAll
    void twoWhoWaitAndWhatOneOfThemHas() {
        rows = Map.of("{home}", Walk.HOME_1, "{bed1}", bed(0), "{bed2}", bed(1), "{applicationA}",
                waiting("application_id", 0),
                "{applicationB}", waiting("application_id", 1), "{entryA}", waiting("id", 0), "{entryB}",
                waiting("id", 1));
        Stream.of(OFFER.formatted("{bed1}", "A", "A", "\\xa0"), STAY.formatted("{bed1}", "A"), DEADLINE,
                APPOINTMENT.formatted(0), CHANGE, COMMISSION, FEE.formatted(1), PRIOR, ADJUSTMENT, FEE_OF_TYPE,
                DECISION)
                .forEach(this::run);
    }

    private String bed(int number) {
        return text("select id::text from bed where home_id = '" + Walk.HOME_1
                + "' and state = 'OCCUPIED' order by id offset "
                + number + " limit 1");
    }

    private String waiting(String column, int number) {
        return text("select e." + column
                + "::text from queue_entry e join application a on a.id = e.application_id where e.home_id = '"
                + Walk.HOME_1 + "' and e.phase = 'WAITING' and a.live order by e.id offset " + number + " limit 1");
    }

    private String text(String sql) {
        return database.sql(sql).mapValue(String.class).one().block();
    }

    private void run(String sql) {
        String filled = sql;
        for (Map.Entry<String, String> row : rows.entrySet()) {
            filled = filled.replace(row.getKey(), row.getValue());
        }
        database.sql(filled).then().block();
    }

    static Stream<Arguments> guards() {
        return Stream.of(
                Arguments.of("offer_one_live_per_bed", OFFER.formatted("{bed1}", "B", "B", "\\xb0")),
                Arguments.of("offer_one_live_per_person", OFFER.formatted("{bed2}", "B", "B", "\\xa0")),
                Arguments.of("offer_one_live_per_application", OFFER.formatted("{bed2}", "A", "A", "\\xb0")),
                Arguments.of("application_one_per_person", "update application set person_index = (select person_index "
                        + "from application where id = '{applicationA}') where id = '{applicationB}'"),
                Arguments.of("stay_one_per_bed", STAY.formatted("{bed1}", "B")),
                Arguments.of("stay_one_per_application", STAY.formatted("{bed2}", "A")),
                Arguments.of("deadline_one_running", DEADLINE),
                Arguments.of("deadline_kind_check", DEADLINE.replace("RECHECK", "OTHER")),
                Arguments.of("appointment_one_booked", APPOINTMENT.formatted(0)),
                Arguments.of("appointment_check", APPOINTMENT.formatted(1)),
                Arguments.of("circumstance_change_one_open", CHANGE),
                Arguments.of("assessment_agency_one_running", COMMISSION),
                Arguments.of("assessment_agency_end_whole",
                        "update assessment_agency set ended_at = now() where org = 'guarded'"),
                Arguments.of("home_fee_change_home_id_name_valid_from_key", FEE.formatted(2)),
                Arguments.of("home_fee_change_monthly_fen_check", FEE.formatted(-1)),
                Arguments.of("prior_resident_person_index_home_id_key", PRIOR),
                Arguments.of("queue_entry_application_id_home_id_key",
                        ENTRY.formatted("{applicationA}", "{home}", "-1")),
                Arguments.of("queue_entry_home_id_queue_number_key", ENTRY.formatted("{applicationA}", "{home}",
                        "(select min(queue_number) from queue_entry where home_id = '{home}')")
                        .replace("'{applicationA}'",
                                "(select id from application a where not exists (select 1 from queue_entry e "
                                        + "where e.application_id = a.id and e.home_id = '{home}') limit 1)")),
                Arguments.of("queue_entry_check", "update queue_entry set phase = 'ENDED' where id = '{entryB}'"),
                Arguments.of("queue_count_waiting_check",
                        "update queue_count set waiting = -1 where home_id = '{home}'"),
                Arguments.of("offer_state_check", "update offer set state = 'OTHER'"),
                Arguments.of("bed_state_check", "update bed set state = 'OTHER' where id = '{bed2}'"),
                Arguments.of("home_closed_whole", "update home set closed_at = now() where id = '{home}'"),
                Arguments.of("adjustment_check", ADJUSTMENT.replace("KEPT", "MOVED")),
                Arguments.of("companion_wish_check",
                        "insert into companion_wish (application_id, companion_id, alone_allowed, "
                                + "wished_at, wished_by) values ('{applicationA}', '{applicationA}', true, now(), 'test')"),
                Arguments.of("append-only", "update decision set reason = 'x'"),
                Arguments.of("append-only", "delete from decision"),
                Arguments.of("append-only", "update decision set reason = '', reason_sealed = ''"),
                Arguments.of("append-only", "update decision set reason = '', reason_sealed = '\\x01'"),
                Arguments.of("append-only", """
                        update decision set reason = '', reason_sealed = '\\x01', kind = 'y'
                        from (select set_config('platform.seal_anew', 'on', true)) allowed
                        """),
                Arguments.of("append-only", "update adjustment set reason = '', reason_sealed = ''"),
                Arguments.of("append-only", "update rule_option set valid_from = current_date"),
                Arguments.of("rule_option_four_eyes", "insert into rule_option_proposal select gen_random_uuid(), 1, "
                        + "rule_book_id, current_date, options, current_date, '-', 'APPROVED', 'one', null, now(), 'one', "
                        + "now() from rule_option"),
                Arguments.of("append-only", "update adjustment set reason = 'x'"),
                Arguments.of("append-only", "delete from bed_type_fee_change"),
                Arguments.of("append-only", "update home_fee_change set monthly_fen = 5"),
                Arguments.of("append-only", "delete from queue_event where seq = 1"),
                Arguments.of("append-only", "update public_notice set digest = 'x'"),
                Arguments.of("append-only", "delete from public_notice_line"));
    }

    @ParameterizedTest
    @MethodSource("guards")
    void refuses(String guard, String forbidden) throws InterruptedException {
        awaitNotices();
        assertThatThrownBy(() -> run(forbidden)).as(forbidden).hasStackTraceContaining(guard);
    }

    /** The job publishes soon after the start. */
    private void awaitNotices() throws InterruptedException {
        for (int tries = 0; tries < 300
                && database.sql("select count(*) from public_notice_line").mapValue(Long.class).one()
                        .block() == 0; tries++) {
            Thread.sleep(100);
        }
    }
}
