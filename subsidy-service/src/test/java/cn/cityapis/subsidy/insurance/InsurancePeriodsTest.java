package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;
import cn.cityapis.subsidy.Api.Answer;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;

/** 威金监发〔2023〕25号 第十一条: the periods of filing and review, warned of and recorded. */
class InsurancePeriodsTest extends InsuranceScene {

    @Autowired
    private WatchRounds watch;

    private long told(String whom, String kind, String about) {
        return database.sql("SELECT count(*) FROM notice WHERE recipient = :whom AND kind = :kind AND about = :about")
                .bind("whom", whom).bind("kind", kind).bind("about", about).mapValue(Long.class).one().block();
    }

    private void sweep() {
        Flux.merge(watch.sweep(), watch.sweep()).then().block();
    }

    /** Five working days after 27 September are 9 October in 2026; two working days before that is 30 September. */
    @Test
    void article11EachPeriodIsWarnedOfOnceAndRecordedOnceWhenItHasPassed() {
        String about = "insurance-rounds/" + round.text("/id");
        assertThat(round.text("/filingDue/lastDay")).isEqualTo("2026-10-09");
        at("2026-09-29");
        sweep();
        assertThat(told("insurer-1", "deadline-soon", about)).isZero();
        at("2026-09-30");
        sweep();
        sweep();
        assertThat(told("insurer-1", "deadline-soon", about)).isEqualTo(1);
        assertThat(told("insurer-1", "deadline-missed", about)).isZero();
        at("2026-10-10");
        sweep();
        sweep();
        assertThat(told("insurer-1", "deadline-missed", about)).isEqualTo(1);
        assertThat(told("371000", "deadline-missed", about)).isEqualTo(1);

        Answer filing = complete();
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        LocalDate due = LocalDate.parse(inOrder.text("/districtDue/lastDay"));
        String review = "insurance-filings/" + filing.text("/id");
        at(due.toString());
        sweep();
        assertThat(told("371002", "deadline-soon", review)).isEqualTo(1);
        at(due.plusDays(1).toString());
        sweep();
        sweep();
        assertThat(told("371002", "deadline-missed", review)).isEqualTo(1);
        Answer late = district("d1").get(path(filing)).is(200);
        assertThat(late.body().at("/districtLate").asBoolean()).isTrue();
        opinion(district("d1"), late, "finance").is(200);
    }

    /** Who has filed for one district is late for the others. */
    @Test
    void article11OneDistrictFiledInTimeIsNotAll() {
        String about = "insurance-rounds/" + round.text("/id");
        Answer filing = complete();
        at("2026-09-29");
        insurer().post(path(filing) + "/submissions", null, filing).is(200);
        at("2026-10-10");
        sweep();
        assertThat(told("insurer-1", "deadline-missed", about)).isEqualTo(1);
    }
}
