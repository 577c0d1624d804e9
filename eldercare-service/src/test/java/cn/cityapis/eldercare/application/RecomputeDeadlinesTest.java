package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.test.MadeUpCalendar;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;

@ServiceTest(properties = {"demo.data=true", "test.database=of-recompute", "eldercare.jobs.deadlines-every=PT10H",
        "eldercare.jobs.lapse-every=PT10H", "eldercare.jobs.place-after=P3650D"})
@DisplayName("a period that reached into a year without a calendar is counted again once that year's is loaded")
class RecomputeDeadlinesTest extends DatedScene {

    @Autowired
    private PassingDeadlines deadlines;
    @Autowired
    private Applications applications;
    @Autowired
    private ApplicantBeds beds;
    @Autowired
    private RuleBooks books;
    @Autowired
    private Notices notices;
    @Autowired
    private Audit audit;
    @Autowired
    private JobLock lock;
    @Autowired
    private TransactionalOperator transaction;
    @Autowired
    private WorkingCalendar announced;
    @Autowired
    private DatabaseClient database;

    RecomputeDeadlinesTest() {
        super("provisional-citizen", "2026-12-29T02:00:00Z");
    }

    private RecomputeDeadlines job(WorkingCalendar calendar) {
        return new RecomputeDeadlines(deadlines, applications, beds, books, notices, audit, lock, transaction, calendar,
                clock);
    }

    private static WorkingCalendar of2027() {
        return WorkingCalendar.read(MadeUpCalendar.of2027());
    }

    private List<String> stored(String id) {
        return database.sql("""
                select kind || ' ' || last_day || ' ' || provisional as period from deadline
                where application_id = :id::uuid and met_at is null and closed_at is null order by 1
                """).bind("id", id).map(row -> row.get("period", String.class)).all().collectList().block();
    }

    private Long count(String sql) {
        return database.sql(sql).mapValue(Long.class).one().block();
    }

    /** 30 and 31 December, 9, 11 and 12 January. */
    @Test
    void inTheStateAsStoredAndInTheOfferWithItsAudit() {
        String reviewed = walk.complete(citizen, Fixtures.idNumber(1939, 501), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, reviewed);
        String id = walk.waiting(citizen, Fixtures.idNumber(1939, 502));
        Walk.Answer offer = walk.offer(walk.freeBeds("NURSING").getFirst());
        assertThat(offer.text("/applicationId")).isEqualTo(id);
        post(citizen, id, "/objections", Map.of("agency", "demo-agency-2", "reason", "不符"));
        assertThat(stored(id)).containsExactly("MOVE_IN 2027-01-05 true", "RECHECK 2027-01-04 true");

        job(announced).sweep().block();
        assertThat(stored(id)).as("nothing is announced yet").containsExactly("MOVE_IN 2027-01-05 true",
                "RECHECK 2027-01-04 true");
        Flux.range(0, 3).flatMap(each -> job(of2027()).sweep()).blockLast();

        assertThat(stored(reviewed)).containsExactly("REVIEW 2027-01-12 false");
        assertThat(stored(id)).containsExactly("MOVE_IN 2027-01-12 false", "RECHECK 2027-01-09 false");
        Walk.Answer shown = walk.get(citizen, "/applications/" + reviewed);
        assertThat(shown.text("/deadlines/0/lastDay")).isEqualTo("2027-01-12");
        assertThat(count("select count(*) from application where id = '" + reviewed
                + "' and state_facts -> 'reviewBy' ->> 'lastDay' = '2027-01-12' "
                + "and state_facts -> 'reviewBy' ->> 'provisional' = 'false'")).isEqualTo(1);
        assertThat(count("select count(*) from offer where id = '" + offer.text("/id")
                + "' and move_in_by = '2027-01-12' and not deadline_provisional")).isEqualTo(1);
        assertThat(count("select count(*) from audit_entry where action = 'deadline.recompute' and resource_id in ('"
                + reviewed + "', '" + id + "')")).as("one for each period, though three ran at once").isEqualTo(3);
        assertThat(post(walk.operator, reviewed, "/review", Map.of("verdict", "QUALIFIED", "reason", "资料齐全"))
                .text("/deadlines/0/status")).isEqualTo("MET");
    }

    @Test
    void afterwardsItCountsAsAnyOther() {
        String id = walk.complete(citizen, Fixtures.idNumber(1939, 503), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        job(of2027()).sweep().block();
        clock.moveTo(Instant.parse("2027-01-12T15:59:59Z"));
        assertThat(walk.get(citizen, "/applications/" + id).text("/deadlines/0/status")).isEqualTo("RUNNING");
        clock.moveTo(Instant.parse("2027-01-13T02:00:00Z"));
        assertThat(walk.qualify(id).text("/deadlines/0/status")).isEqualTo("MET_LATE");
    }
}
