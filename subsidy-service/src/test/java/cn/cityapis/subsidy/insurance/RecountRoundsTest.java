package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.test.MadeUpCalendar;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.Api.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.reactive.TransactionalOperator;

/** 威金监发〔2023〕25号 第十一条: its periods, when they reach into a year whose days off are not announced. */
class RecountRoundsTest extends InsuranceScene {

    @Autowired
    private RoundPeriods periods;
    @Autowired
    private Rounds rounds;
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
    private WatchRounds watch;

    @BeforeEach
    void aRoundUntilTheEndOfTheYear() {
        aRoundOf(2026, "2026-12-29");
    }

    private void recount(WorkingCalendar calendar) {
        new RecountRounds(periods, rounds, notices, audit, lock, transaction, calendar, 2).sweep().block();
    }

    private Long told(String whom, String kind, String about) {
        return database.sql("SELECT count(*) FROM notice WHERE recipient = :whom AND kind = :kind AND about = :about")
                .bind("whom", whom).bind("kind", kind).bind("about", about).mapValue(Long.class).one().block();
    }

    private static String day(Answer filing, String period) {
        return filing.text("/" + period + "/lastDay") + " " + filing.text("/" + period + "/provisional");
    }

    private Answer now(Answer filing) {
        return district("d1").get(path(filing)).is(200);
    }

    /** Five working days after 29 December: 30, 31, and 1, 4, 5 January, or the 9th, 11th and 12th. */
    @Test
    void article11TheDaysToFileAreCountedAgainAndThenMissed() {
        String about = "insurance-rounds/" + round.text("/id");
        Answer filing = draft();
        assertThat(day(filing, "filingDue")).isEqualTo("2027-01-05 true");
        recount(announced);
        assertThat(insurer().get(path(filing)).etag()).isEqualTo(filing.etag());
        at("2027-01-04");
        watch.sweep().block();
        assertThat(told("insurer-1", "deadline-soon", about)).isEqualTo(1);
        at("2027-01-08");
        watch.sweep().block();
        assertThat(told("insurer-1", "deadline-missed", about)).as("missed on a provisional day").isZero();

        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        Answer after = insurer().get(path(filing)).is(200);
        assertThat(day(after, "filingDue")).isEqualTo("2027-01-12 false");
        assertThat(after.etag()).isNotEqualTo(filing.etag());
        assertThat(told("insurer-1", "deadline-recounted", about)).isEqualTo(1);
        at("2027-01-12");
        watch.sweep().block();
        assertThat(told("insurer-1", "deadline-soon", about)).as("warned of the day that holds").isEqualTo(2);
        at("2027-01-13");
        watch.sweep().block();
        assertThat(told("insurer-1", "deadline-missed", about)).isEqualTo(1);
    }

    /** Ten working days after 30 December: 31, 1, 4 to 8 and 11 to 13 January, or 31, 9, 11 to 15 and 18 to 20 January. */
    @Test
    void article11TheDaysOfTheDistrictAreCountedAgainAndThenMissed() {
        Answer filing = complete();
        at("2026-12-30");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        String about = path(filing).substring(1);
        assertThat(day(inOrder, "districtDue")).isEqualTo("2027-01-13 true");
        at("2027-01-20");
        watch.sweep().block();
        assertThat(now(filing).text("/districtLate")).as("late on a provisional day").isEqualTo("false");

        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(day(now(filing), "districtDue")).isEqualTo("2027-01-20 false");
        assertThat(now(filing).etag()).isNotEqualTo(inOrder.etag());
        assertThat(told("371002", "deadline-recounted", about)).isEqualTo(1);
        watch.sweep().block();
        assertThat(told("371002", "deadline-missed", about)).isZero();
        at("2027-01-21");
        watch.sweep().block();
        assertThat(now(filing).text("/districtLate")).isEqualTo("true");
        opinion(district("d1"), inOrder, "finance").is(412);
    }

    @Test
    void article15TheDaysAfterTheEndAreCountedAgainToo() {
        Answer inOrder = inOrderAfterTheEnd();
        assertThat(day(inOrder, "districtDue")).isEqualTo("2027-08-26 true");
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(day(now(inOrder), "districtDue")).isEqualTo("2027-08-26 false");
    }
}
