package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What is granted for so many months (连续三年) is had once; that it may be had again is an option of its scheme. */
class AgainApiTest extends SchemeScene {

    private static final String PASS = "{\"decision\": \"pass\"}";
    private static final String HAD_AGAIN = """
              - id: hadAgain
                label: 期满后可以再次享受
                unit: yes-no
                values: [{value: 1, cohort: since-2018, from: 2018-01-01, citation: {source: report-2019}, approver: 人才工作部门,
                          demo: true, note: 试验}]
            """;

    @Autowired
    private PayDueMonths payDueMonths;
    @Autowired
    private DatabaseClient database;

    private static String hadAgain(String id, int version) {
        return document(id, version, "").replace("conditions:\n  entry:", HAD_AGAIN + "conditions:\n  entry:");
    }

    private Answer paying(String scheme) {
        for (String budget : List.of("\"city\", \"areaCode\": \"371000\"", "\"district\", \"areaCode\": \"371002\"")) {
            city().post("/ledger/appropriations", "{\"schemeId\": \"" + scheme + "\", \"year\": 2026, \"party\": "
                    + budget + ", \"amountFen\": 100000000, \"memo\": \"x\"}").is(201);
        }
        Answer submitted = submit(draft(scheme)).is(200);
        Answer first = district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        return city().post(path(first) + "/reviews", PASS, first).is(200);
    }

    private Mono<Boolean> open(Answer application) {
        return database.sql("SELECT state = 'paying' FROM application WHERE id = :id")
                .bind("id", UUID.fromString(application.text("/id"))).mapValue(Boolean.class).one();
    }

    private Answer afterAllMonths(Answer paying) {
        clock.advance(Duration.ofDays(1200));
        // the job of a service that has just begun may hold the lock
        Mono.defer(payDueMonths::run).then(Mono.defer(() -> open(paying)))
                .repeatWhen(again -> again.delayElements(Duration.ofMillis(250))).take(200)
                .takeUntil(open -> !open).then().block(Duration.ofMinutes(2));
        Answer ended = citizen.get(path(paying)).is(200);
        assertThat(ended.text("/state")).isEqualTo("ended");
        return ended;
    }

    @Test
    void whatWasHadForThreeYearsIsNotHadAgainUnlessTheSchemeLetsIt() {
        publish(document("had-once", 1, ""), today());
        Answer had = afterAllMonths(paying("had-once"));
        Answer draft = draft("had-once");
        isRefusedFor(had, submit(draft));
        publish(hadAgain("had-once", 2), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        Answer again = submit(draft).is(200);
        assertThat(again.number("/schemeVersion")).isEqualTo(2);
        isRefusedFor(again, submit(draft("had-once")));
    }

    @Test
    void whatEndedBeforeAnythingWasPaidStandsInNobodysWay() {
        publish(document("had-nothing", 1, ""), today());
        Answer paying = paying("had-nothing");
        isRefusedFor(paying, submit(draft("had-nothing")));
        district().post(path(paying) + "/endings", "{\"reason\": \"调离\"}", paying).is(200);
        submit(draft("had-nothing")).is(200);
    }

    @Test
    void whatEndedEarlyAfterAMonthWasPaidWasHad() {
        publish(document("had-a-month", 1, ""), today());
        Answer paying = paying("had-a-month");
        clock.advance(Duration.ofDays(15));
        payDueMonths.run().block();
        district().post(path(paying) + "/endings", "{\"reason\": \"调离\"}", citizen.get(path(paying))).is(200);
        clock.advance(Duration.ofDays(1500));
        isRefusedFor(paying, submit(draft("had-a-month")));
    }

    /** As a replica of before writes it, which looks for overlapping periods only. */
    @Test
    void ofTwoSubmissionsWhosePeriodsDoNotOverlapTheDatabaseLetsOneIn() {
        publish(document("had-by-constraint", 1, ""), today());
        Answer first = submit(draft("had-by-constraint")).is(200);
        Answer second = draft("had-by-constraint");
        String refused = database.sql("""
                UPDATE application b
                   SET state = 'first-review', case_date = a.case_date, months = 1, monthly_fen = a.monthly_fen,
                       period = daterange(upper(a.period), (upper(a.period) + interval '1 month')::date),
                       decision_trace = a.decision_trace, submitted_at = now()
                  FROM application a
                 WHERE a.id = :first AND b.id = :second
                """)
                .bind("first", UUID.fromString(first.text("/id")))
                .bind("second", UUID.fromString(second.text("/id")))
                .then().thenReturn("")
                .onErrorResume(e -> Mono.just(String.valueOf(e.getMessage())))
                .block();
        assertThat(refused).contains("application_once");
    }
}
