package cn.cityapis.subsidy.clawback;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The offices have something to do from the start. */
@ServiceTest(properties = {"demo.data=true", "subsidy.jobs.every=PT10M"})
class DemoApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private DevelopmentClock clock;
    @Autowired
    private PayDueMonths payDueMonths;
    @Autowired
    private DemoClawback demoClawback;

    private Api city() {
        return Api.as(port, People.city());
    }

    private JsonNode demo(String state) {
        return city().get("/applications?limit=100&state=" + state).is(200).body().at("/items").valueStream()
                .filter(item -> item.path("demo").asBoolean()).findFirst().orElseThrow();
    }

    @Test
    void anAppealAndAnObjectionWaitToBeDecided() {
        JsonNode appealed = demo("appealed");
        assertThat(appealed.at("/reviews/0/decision").asString()).isEqualTo("reject");
        String noticed = "/applications/" + demo("public-notice").path("id").asString();
        Answer objections = city().get(noticed + "/objections").is(200);
        assertThat(objections.text("/0/text")).contains("演示");
        assertThat(city().get(noticed + "/deadlines").is(200).body().toString()).contains("objection");
    }

    @Test
    void aMonthIsClaimedBackOnceMoneyHasFlowed() {
        clock.moveTo(Instant.now());
        payDueMonths.run().block();
        payDueMonths.run().block();
        demoClawback.run().block();
        demoClawback.run().block();
        long claimed = city().get("/applications?limit=100&state=paying").is(200).body().at("/items").valueStream()
                .filter(item -> item.path("demo").asBoolean())
                .mapToLong(item -> city().get("/applications/" + item.path("id").asString() + "/clawbacks").is(200)
                        .body().size())
                .sum();
        assertThat(claimed).isEqualTo(1);
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }
}
