package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.test.MadeUpCalendar;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

class RecountNoticesTest extends ApplicationScene {

    private static final LocalDate DECIDED = LocalDate.of(2026, 12, 29);

    @Autowired
    private DatabaseClient database;
    @Autowired
    private Applications applications;
    @Autowired
    private ApplicationReader reader;
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
    private EndPublicNotices endPublicNotices;

    private void recount(WorkingCalendar calendar) {
        new RecountNotices(applications, reader, notices, audit, lock, transaction, calendar).sweep().block();
    }

    private void on(LocalDate day) {
        clock.moveTo(day.atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private Answer noticed() {
        on(DECIDED);
        Answer submitted = submitted();
        reader.lock(UUID.fromString(submitted.text("/id")))
                .flatMap(it -> applications.move(it, ApplicationState.PUBLIC_NOTICE,
                        NoticePeriod.of(DECIDED, 5, announced)))
                .as(transaction::transactional).block();
        return now(submitted);
    }

    private Answer now(Answer application) {
        return citizen.get(path(application)).is(200);
    }

    private String end(Answer application) {
        Answer now = now(application);
        return now.text("/noticeEnds") + " " + now.text("/noticeProvisional");
    }

    private Answer objected(Answer noticed, String by) {
        return Api.as(port, People.citizen(by))
                .post("/public-notices/" + noticed.text("/id") + "/objections", "{\"text\": \"已离职\"}").is(201);
    }

    private Long told(Answer application) {
        return database.sql("SELECT count(*) FROM notice WHERE about = :about AND kind = 'notice-recounted'")
                .bind("about", "applications/" + application.text("/id")).mapValue(Long.class).one().block();
    }

    /** Five days after 29 December end on Sunday, 3 January: on Monday the 4th, if that is no day off. */
    @Test
    void aNoticeThatReachesIntoAYearWithoutACalendarGoesOnUntilItsEndIsCountedAgain() {
        Answer noticed = noticed();
        assertThat(end(noticed)).isEqualTo("2027-01-04 true");
        recount(announced);
        assertThat(now(noticed).etag()).isEqualTo(noticed.etag());
        on(LocalDate.of(2027, 1, 20));
        endPublicNotices.run().block();
        assertThat(now(noticed).text("/state")).as("ended on a provisional day").isEqualTo("public-notice");

        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(end(noticed)).isEqualTo("2027-01-09 false");
        assertThat(now(noticed).etag()).isNotEqualTo(noticed.etag());
        assertThat(told(noticed)).isEqualTo(1);
        endPublicNotices.run().block();
        assertThat(now(noticed).text("/state")).isIn("awaiting-funds", "paying");
    }

    /** Three days more: from Monday the 4th they end on the 7th; from Saturday the 9th, which is worked, on the 12th. */
    @Test
    void anExtensionIsCountedAgainFromTheEndThatWasCountedAgain() {
        Answer noticed = noticed();
        Answer filed = objected(noticed, "neighbour-of-january");
        city().post(path(noticed) + "/objections/" + filed.text("/id") + "/decisions",
                "{\"decision\": \"extended\", \"reason\": \"需核实\", \"extendDays\": 3}", now(noticed)).is(200);
        assertThat(end(noticed)).isEqualTo("2027-01-07 true");
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(end(noticed)).isEqualTo("2027-01-12 false");
    }
}
