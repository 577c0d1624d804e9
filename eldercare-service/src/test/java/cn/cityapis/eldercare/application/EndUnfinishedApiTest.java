package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-unfinished", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "eldercare.jobs.unfinished-every=PT10H",
        "eldercare.jobs.deadlines-every=PT10H"})
@DisplayName("第十三条 sets no period for handing in what is complete: the operator does, and what nobody goes on with ends")
class EndUnfinishedApiTest extends DatedScene {

    private static final byte[] PDF = "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    private DatabaseClient database;

    @Autowired
    private EndUnfinished ending;

    @Autowired
    private WatchDeadlines watching;

    private HomeScene scene;

    EndUnfinishedApiTest() {
        super("citizen-who-never-ends", "2026-11-24T02:00:00Z");
    }

    @BeforeEach
    void openAHome() {
        scene = new HomeScene(port, database);
    }

    private String draft(int sequence) {
        return walk.post(citizen, "/applications",
                Walk.form(Fixtures.idNumber(1936, sequence), List.of(scene.home)), null).text("/id");
    }

    private Walk.Answer seen(String id) {
        return walk.get(citizen, "/applications/" + id);
    }

    private void at(String moment) {
        clock.moveTo(Instant.parse(moment));
        ending.sweep().block();
    }

    private long told(String kind, String id) {
        return scene
                .count("select count(*) from notice where kind = '" + kind + "' and about = 'applications/" + id + "'");
    }

    private void hasEnded(String id) {
        Walk.Answer ended = seen(id);
        assertThat(ended.text("/state")).isEqualTo("WITHDRAWN");
        assertThat(ended.texts("/decisions", "kind")).endsWith("EXPIRE");
        assertThat(ended.text("/deadlines/0/status")).isEqualTo("CLOSED");
        assertThat(scene.count("select count(*) from outbox where type = 'eldercare.application.expire' and subject = "
                + "'applications/" + id + "'")).isEqualTo(1);
        assertThat(told("round-ended", id)).isEqualTo(1);
    }

    @Test
    void aDraftEndsNinetyDaysAfterItWasLastTouched() {
        String id = draft(901);
        assertThat(seen(id).text("/deadlines/0/kind")).isEqualTo("HAND_IN");
        assertThat(seen(id).text("/deadlines/0/lastDay")).isEqualTo("2027-02-22");
        at("2026-12-04T02:00:00Z");
        assertThat(walk.upload(citizen, id, "APPLICATION_FORM", PDF, "application/pdf").status()).isEqualTo(201);
        assertThat(seen(id).text("/deadlines/0/lastDay")).isEqualTo("2027-03-04");
        at("2026-12-05T02:00:00Z");
        walk.put(citizen, "/applications/" + id, Walk.form(Fixtures.idNumber(1936, 901), List.of(scene.home)),
                seen(id).etag());
        assertThat(seen(id).text("/deadlines/0/lastDay")).isEqualTo("2027-03-05");
        at("2027-03-05T15:59:00Z");
        watching.sweep().block();
        assertThat(seen(id).text("/state")).as("the last day").isEqualTo("DRAFT");
        assertThat(told("deadline-soon", id)).isEqualTo(1);
        at("2027-03-05T16:00:00Z");
        hasEnded(id);
        ending.sweep().block();
        hasEnded(id);
        assertThat(walk.submit(citizen, id).status()).isEqualTo(409);
    }

    @Test
    void anIncompleteOneEndsToo() {
        String id = draft(902);
        at("2026-12-24T02:00:00Z");
        assertThat(walk.submit(citizen, id).text("/state")).isEqualTo("INCOMPLETE");
        assertThat(seen(id).text("/deadlines/0/lastDay")).isEqualTo("2027-03-24");
        at("2027-03-24T02:00:00Z");
        assertThat(seen(id).text("/state")).isEqualTo("INCOMPLETE");
        at("2027-03-25T02:00:00Z");
        hasEnded(id);
    }

    @Test
    void whatWasReceivedHasNoSuchEnd() {
        String id = scene.submitted(citizen, Fixtures.idNumber(1936, 903));
        assertThat(seen(id).text("/state")).isEqualTo("SUBMITTED");
        assertThat(scene
                .text("select kind || (met_at is not null) from deadline where kind = 'HAND_IN' and application_id = '"
                        + id + "'"))
                .isEqualTo("HAND_INtrue");
        at("2028-01-03T02:00:00Z");
        assertThat(seen(id).text("/state")).isEqualTo("SUBMITTED");
        post(citizen, id, "/withdrawal", null);
    }

    @Test
    void oneOfBeforeGetsItsPeriodFromToday() {
        String id = draft(904);
        scene.run("delete from deadline where application_id = '" + id + "'");
        at("2027-06-01T02:00:00Z");
        assertThat(seen(id).text("/state")).isEqualTo("DRAFT");
        assertThat(seen(id).text("/deadlines/0/lastDay")).isEqualTo("2027-08-30");
    }

    @Test
    void thePeriodIsADatedOption() {
        scene.run("""
                insert into rule_option select rule_book_id, '2028-01-01', options || '{"unfinishedDays": 30}' from rule_option
                where rule_book_id = '2023-17'
                """);
        at("2027-12-31T02:00:00Z");
        assertThat(seen(draft(905)).text("/deadlines/0/lastDay")).isEqualTo("2028-03-30");
        at("2028-01-01T02:00:00Z");
        assertThat(seen(draft(906)).text("/deadlines/0/lastDay")).isEqualTo("2028-01-31");
        assertThat(walk.get(walk.app, "/rule-books/current").text("/options/unfinishedDays")).isEqualTo("30");
    }
}
