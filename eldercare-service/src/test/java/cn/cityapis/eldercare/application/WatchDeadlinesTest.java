package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

@ServiceTest(properties = {"demo.data=true", "test.database=of-deadlines", "eldercare.jobs.deadlines-every=PT10H"})
@DisplayName("威民发〔2023〕17号 第十三条, 第十八条: periods are warned of once, and acted on when they have passed")
class WatchDeadlinesTest extends DatedScene {

    @Autowired
    private WatchDeadlines job;

    @Autowired
    private DatabaseClient database;

    WatchDeadlinesTest() {
        super("watching-citizen", "2026-11-24T02:00:00Z");
    }

    private String submitted(int sequence) {
        String id = walk.complete(citizen, Fixtures.idNumber(1937, sequence), List.of(Walk.HOME_1), "LOW_INCOME");
        assertThat(walk.submit(citizen, id).text("/deadlines/0/lastDay")).isEqualTo("2026-12-01");
        return id;
    }

    private List<String> told(String id) {
        return database.sql("select kind || ' ' || recipient as told from notice where about = :about "
                + "and kind like 'deadline%' order by 1")
                .bind("about", "applications/" + id)
                .map(row -> row.get("told", String.class)).all().collectList().block();
    }

    /** Four processes at once. */
    private void sweep(String at) {
        clock.moveTo(Instant.parse(at));
        Flux.range(0, 4).flatMap(each -> job.sweep()).blockLast();
    }

    private String status(String id) {
        return walk.get(citizen, "/applications/" + id).text("/deadlines/0/status");
    }

    @Test
    void aReviewIsWarnedOfOnceThenMissedOnceAndMayStillBeMet() {
        String id = submitted(501);
        sweep("2026-11-29T15:59:59Z");
        assertThat(told(id)).isEmpty();
        sweep("2026-11-29T16:00:00Z");
        sweep("2026-12-01T02:00:00Z");
        assertThat(told(id)).containsExactly("deadline-soon demo-home-1");
        sweep("2026-12-01T15:59:59Z");
        assertThat(status(id)).isEqualTo("RUNNING");
        sweep("2026-12-01T16:00:00Z");
        sweep("2026-12-02T02:00:00Z");
        assertThat(status(id)).isEqualTo("OVERDUE");
        assertThat(told(id)).containsExactly("deadline-missed demo-home-1", "deadline-missed watching-citizen",
                "deadline-soon demo-home-1");
        assertThat(walk.qualify(id).text("/deadlines/0/status")).isEqualTo("MET_LATE");
        assertThat(missed(id)).isEqualTo(1);
    }

    @Test
    void aReviewInTimeIsNotMissed() {
        String id = submitted(502);
        assertThat(walk.qualify(id).text("/deadlines/0/status")).isEqualTo("MET");
        sweep("2026-12-03T02:00:00Z");
        assertThat(told(id)).isEmpty();
        assertThat(missed(id)).isZero();
    }

    @Test
    void aWithdrawalClosesWhatRuns() {
        String id = submitted(503);
        Walk.Answer withdrawn = walk.post(citizen, "/applications/" + id + "/withdrawal", null,
                walk.get(citizen, "/applications/" + id).etag());
        assertThat(withdrawn.text("/deadlines/0/status")).isEqualTo("CLOSED");
        sweep("2026-12-03T02:00:00Z");
        assertThat(missed(id)).isZero();
    }

    @Test
    void anUnusedRightIsClosedNotMissed() {
        String id = submitted(504);
        walk.qualify(id);
        walk.assess(id, 52);
        assertThat(walk.get(citizen, "/applications/" + id).text("/deadlines/0/kind")).isEqualTo("OBJECTION");
        sweep("2026-11-30T02:00:00Z");
        sweep("2026-12-02T02:00:00Z");
        assertThat(told(id)).containsExactly("deadline-closed watching-citizen", "deadline-soon watching-citizen");
        assertThat(walk.get(citizen, "/applications/" + id).texts("/deadlines", "status")).doesNotContain("RUNNING",
                "OVERDUE");
    }

    @Test
    void nothingIsMissedOnADateThatMayStillMove() {
        clock.moveTo(Instant.parse("2026-12-29T02:00:00Z"));
        String id = walk.complete(citizen, Fixtures.idNumber(1937, 505), List.of(Walk.HOME_1), "LOW_INCOME");
        Walk.Answer answer = walk.submit(citizen, id);
        assertThat(answer.body().at("/deadlines/0/provisional").asBoolean()).isTrue();
        sweep("2027-02-01T02:00:00Z");
        assertThat(status(id)).isEqualTo("RUNNING");
        assertThat(missed(id)).isZero();
    }

    @Test
    void thePeriodsOfTheDemoAreStoredToo() {
        assertThat(database.sql("""
                select count(*) from application a where a.demo and a.state in ('SUBMITTED', 'WAITING')
                  and not exists (select 1 from deadline d where d.application_id = a.id
                    and d.last_day = (coalesce(a.state_facts -> 'reviewBy', a.state_facts -> 'objectionBy') ->> 'lastDay')::date)
                """).mapValue(Long.class).one().block()).isZero();
        assertThat(database
                .sql("select count(*) from deadline d join application a on a.id = d.application_id where a.demo")
                .mapValue(Long.class).one().block()).isPositive();
    }

    private Long missed(String id) {
        return database
                .sql("select count(*) as n from deadline where application_id = :id::uuid and missed_at is not null "
                        + "and kind = 'REVIEW'")
                .bind("id", id).map(row -> row.get("n", Long.class)).one().block();
    }
}
