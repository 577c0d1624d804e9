package cn.cityapis.eldercare.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** In one test, as a period that has been set stays on record. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-retention", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "eldercare.jobs.retention-every=PT10H"})
@DisplayName("个人信息保护法 第十九条: kept as long as the office says, and no longer")
class RetentionApiTest extends ErasureScene {

    @Autowired
    private EndRetention retention;

    RetentionApiTest() {
        super("citizen-who-is-kept");
    }

    private static Map<String, Object> period(String from, @Nullable Integer months) {
        Map<String, Object> body = new HashMap<>(Map.of("validFrom", from, "basis", "试验〔2026〕1号"));
        body.put("keepMonths", months);
        return body;
    }

    private void daysPass(String until) {
        clock.moveTo(Instant.parse(until));
        retention.sweep().block();
    }

    private int seen(String id) {
        return walk.get(citizen, "/applications/" + id).status();
    }

    @Test
    void nothingEndsByItselfUntilAPeriodIsSetAndThenWhatIsOverDoes() throws Exception {
        HomeScene scene = new HomeScene(port, database);
        String number = Fixtures.idNumber(1937, 831);
        String ended = withdrawn(number, scene);
        String again = withdrawn(number, scene);
        String waits = scene.waiting(citizen, Fixtures.idNumber(1937, 832), 52);
        String asks = withdrawn(Fixtures.idNumber(1937, 833), scene);
        daysPass("2027-11-24T02:00:00Z");
        assertThat(List.of(seen(ended), seen(again), seen(waits))).as("no end is set").containsOnly(200);

        refusedUnlessAhead(scene);
        walk.twice(walk.city, "/retention-periods", period("2027-11-25", 60), null, period("2027-11-26", 60));
        walk.post(walk.city, "/retention-periods", period("2027-11-25", 24), null);
        assertThat(erase(asks).status()).as("not before its day").isEqualTo(201);

        daysPass("2027-11-25T02:00:00Z");
        Walk.Answer refused = erase(ended);
        assertThat(refused.text("/code")).isEqualTo("still-needed");
        assertThat(refused.texts("/obstacles", "kind")).containsExactly("KEPT_UNTIL", "KEPT_UNTIL");
        assertThat(refused.text("/obstacles/0/until")).as("set right on the same day").isEqualTo("2028-11-24");
        assertThat(seen(ended)).isEqualTo(200);

        daysPass("2028-11-24T02:00:00Z");
        assertThat(seen(ended)).as("the last day").isEqualTo(200);
        daysPass("2028-11-24T16:00:00Z");
        assertThat(List.of(seen(ended), seen(again))).as("both rounds of the person").containsOnly(404);
        assertThat(seen(waits)).as("still runs").isEqualTo(200);
        Walk.Answer record = walk.get(walk.city, "/erasures?limit=1");
        assertThat(record.text("/items/0/ground")).isEqualTo("PERIOD_ENDED");
        assertThat(record.body().at("/items/0/applicationIds")).hasSize(2);
        assertThat(scene.text("select subject from audit_entry where action = 'person.erase' order by at desc limit 1"))
                .isEqualTo("end-retention");
        post(citizen, waits, "/withdrawal", null);
        assertThat(traces(number)).as("others of the scene share the names")
                .doesNotContain("prior_resident.person_index");

        walk.post(walk.city, "/retention-periods", period("2028-11-26", null), null);
        daysPass("2035-01-01T02:00:00Z");
        assertThat(seen(waits)).as("no end is set again").isEqualTo(200);
        assertThat(walk.get(walk.app, "/retention-periods").body().findValuesAsString("validFrom"))
                .containsExactly("2028-11-26", "2027-11-25", "2027-11-25");
    }

    private void refusedUnlessAhead(HomeScene scene) {
        Walk.Answer today = walk.post(walk.city, "/retention-periods", period("2027-11-24", 1), null);
        assertThat(today.text("/errors/0/pointer")).isEqualTo("/validFrom");
        for (var by : List.of(citizen, scene.operator, scene.district)) {
            assertThat(walk.post(by, "/retention-periods", period("2027-11-25", 1), null).status()).isEqualTo(403);
        }
    }
}
