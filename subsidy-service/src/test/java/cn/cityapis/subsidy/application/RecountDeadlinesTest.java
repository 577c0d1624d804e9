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
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

class RecountDeadlinesTest extends ApplicationScene {

    @Autowired
    private DatabaseClient database;
    @Autowired
    private ApplicationReader reader;
    @Autowired
    private SchemeCatalogue catalogue;
    @Autowired
    private ProcessSettings process;
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
    private WatchDeadlines watch;

    private void recount(WorkingCalendar calendar) {
        new RecountDeadlines(database, reader, catalogue, process, notices, audit, lock, transaction, calendar, clock)
                .sweep().block();
    }

    private void on(LocalDate day) {
        clock.moveTo(day.atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private String objection(Answer application) {
        return database.sql("""
                SELECT last_day || ' ' || provisional FROM application_deadline
                 WHERE application_id = :id::uuid AND kind = 'objection'
                """).bind("id", application.text("/id")).mapValue(String.class).one().block();
    }

    private String period(Answer application) {
        return database.sql("""
                SELECT d.last_day || ' ' || d.provisional || ' ' || a.review_due || ' ' || a.review_provisional
                  FROM application_deadline d JOIN application a ON a.id = d.application_id
                 WHERE a.id = :id::uuid AND d.kind = 'first-review'
                """).bind("id", application.text("/id")).mapValue(String.class).one().block();
    }

    private Long told(Answer application, String kind) {
        return database.sql("SELECT count(*) FROM notice WHERE about = :about AND kind = :kind")
                .bind("about", "applications/" + application.text("/id")).bind("kind", kind).mapValue(Long.class).one()
                .block();
    }

    /** Five working days after 30 December: the 31st, and 1 and 4 to 6 January, or the 9th and 11 to 13 January. */
    @Test
    void theDaysToAnswerAnObjectionAreCountedAgain() {
        on(LocalDate.of(2026, 12, 30));
        Answer application = submitted();
        database.sql("UPDATE application SET state = 'public-notice', notice_ends = '2026-12-31' WHERE id = :id::uuid")
                .bind("id", application.text("/id")).then().block();
        Api.as(port, People.citizen("neighbour-of-december"))
                .post("/public-notices/" + application.text("/id") + "/objections", "{\"text\": \"已离职\"}").is(201);
        assertThat(objection(application)).isEqualTo("2027-01-06 true");
        on(LocalDate.of(2027, 1, 14));
        watch.sweep().block();
        assertThat(told(application, "deadline-missed")).as("missed on a provisional day").isZero();
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(objection(application)).isEqualTo("2027-01-13 false");
        watch.sweep().block();
        assertThat(told(application, "deadline-missed")).isPositive();
    }

    @Test
    void aReviewThatReachesIntoAYearWithoutACalendarIsCountedAgainAndThenMissed() {
        on(LocalDate.of(2026, 12, 29));
        Answer application = submitted();
        String before = period(application);
        assertThat(before).isEqualTo("2027-01-12 true 2027-01-12 true");
        recount(announced);
        assertThat(period(application)).isEqualTo(before);
        on(LocalDate.of(2027, 1, 20));
        watch.sweep().block();
        assertThat(told(application, "deadline-missed")).as("missed on a provisional day").isZero();

        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(period(application)).isEqualTo("2027-01-19 false 2027-01-19 false");
        assertThat(citizen.get(path(application)).etag()).isNotEqualTo(application.etag());
        watch.sweep().block();
        assertThat(told(application, "deadline-missed")).isPositive();
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(told(application, "deadline-recounted")).isEqualTo(1);
    }
}
