package cn.cityapis.subsidy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** The whole ledger added up: each night, when asked for, and told if it is off. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "subsidy.ledger.check-answers-within=PT0.001S",
        "test.database=of-ledger-checks"})
class LedgerChecksApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private AddUpLedger addUp;
    @Autowired
    private DevelopmentClock clock;
    @Autowired
    private DatabaseClient database;
    @Autowired
    private MeterRegistry metrics;

    private Api auditor() {
        return Api.as(port, Tokens.operator("auditor", "371000", "auditor").scopes("subsidy.read").token());
    }

    private void appropriate() {
        Api.as(port, People.city()).post("/ledger/appropriations", """
                {"schemeId": "talent-living-allowance", "year": 2026, "party": "city", "areaCode": "371000",
                 "amountFen": 100, "memo": "年初预算"}""").is(201);
    }

    private long recorded() {
        return database.sql("SELECT count(*) FROM ledger_check").mapValue(Long.class).one().block();
    }

    private void sql(String... statements) {
        Flux.fromArray(statements).concatMap(text -> database.sql(text).then()).then().block();
    }

    private void untilTonight(String time) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        clock.advance(Duration.between(now, now.plusDays(1).with(LocalTime.parse(time))));
    }

    @Test
    void whatIsAskedForIsAddedUpOnceAndKept() {
        appropriate();
        addUp.sweep().block();
        String key = UUID.randomUUID().toString();
        Answer asked = auditor().send(HttpMethod.POST, "/ledger/checks", null, null, key).is(202);
        assertThat(asked.body().has("result")).isFalse();
        assertThat(auditor().send(HttpMethod.POST, "/ledger/checks", null, null, key).is(202).text("/id"))
                .isEqualTo(asked.text("/id"));
        assertThat(auditor().post("/ledger/checks", null).is(202).text("/id")).as("another waits for the same")
                .isEqualTo(asked.text("/id"));
        String path = "/ledger/checks/" + asked.text("/id");
        assertThat(auditor().get(path).is(200).body().has("endedAt")).isFalse();

        addUp.sweep().block();
        Answer ended = auditor().get(path).is(200);
        assertThat(ended.body().at("/result/consistent").asBoolean()).isTrue();
        assertThat(ended.number("/result/entries")).isEqualTo(
                database.sql("SELECT count(*) FROM ledger_entry").mapValue(Long.class).one().block()).isPositive();
        assertThat(ended.text("/endedAt")).isNotEmpty();
        assertThat(auditor().get("/ledger/checks?limit=1").is(200).text("/items/0/id")).isEqualTo(asked.text("/id"));
        assertThat(auditor().post("/ledger/checks", null).is(202).text("/id")).isNotEqualTo(ended.text("/id"));
        addUp.sweep().block();
    }

    @Test
    void onlyThoseWhoAnswerForTheMoneySeeIt() {
        for (String token : new String[]{People.citizen("somebody"), People.district("371002"), People.app()}) {
            Api.as(port, token).post("/ledger/checks", null).is(403);
            Api.as(port, token).get("/ledger/checks").is(403);
            Api.as(port, token).get("/ledger/checks/" + UUID.randomUUID()).is(403);
        }
        auditor().get("/ledger/checks/" + UUID.randomUUID()).is(404, "not-found");
    }

    @Test
    void itIsAddedUpOnceANight() {
        appropriate();
        untilTonight("02:31");
        addUp.sweep().block();
        long before = recorded();
        addUp.sweep().block();
        clock.advance(Duration.ofHours(23));
        addUp.sweep().block();
        assertThat(recorded()).as("01:31 of the next day").isEqualTo(before);
        clock.advance(Duration.ofHours(1));
        addUp.sweep().block();
        addUp.sweep().block();
        assertThat(recorded()).isEqualTo(before + 1);
    }

    @Test
    void whatDoesNotAddUpIsToldOnceAndShown() {
        appropriate();
        sql("ALTER TABLE ledger_account DISABLE TRIGGER USER",
                "UPDATE ledger_account SET balance_fen = balance_fen + 1 WHERE kind = 'available'");
        Answer asked = auditor().post("/ledger/checks", null).is(202);
        addUp.run().block();
        addUp.run().block();
        sql("UPDATE ledger_account SET balance_fen = balance_fen - 1 WHERE kind = 'available'",
                "ALTER TABLE ledger_account ENABLE TRIGGER USER");

        Answer ended = auditor().get("/ledger/checks/" + asked.text("/id")).is(200);
        assertThat(ended.body().at("/result/consistent").asBoolean(true)).isFalse();
        assertThat(ended.number("/result/accountsOff")).isEqualTo(1);
        assertThat(metrics.get("subsidy.ledger.differences").gauge().value()).isEqualTo(1);
        assertThat(metrics.get("subsidy.ledger.checked").gauge().value())
                .isEqualTo(OffsetDateTime.parse(ended.text("/endedAt")).toEpochSecond());
        assertThat(database.sql(
                "SELECT count(*) FROM notice WHERE recipient = '371000' AND kind = 'ledger-off' AND about = :about")
                .bind("about", "ledger/checks/" + asked.text("/id")).mapValue(Long.class).one().block()).isEqualTo(1);

        auditor().post("/ledger/checks", null).is(202);
        addUp.run().block();
        assertThat(metrics.get("subsidy.ledger.differences").gauge().value()).isZero();
    }

    @Test
    void whoWaitsForALongOneIsToldHowToAsk() {
        Answer late = auditor().get("/ledger/check").is(503, "ledger-check-long");
        assertThat(late.text("/detail")).contains("requestLedgerCheck");
    }
}
