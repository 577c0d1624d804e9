package cn.cityapis.pharmacy.institution;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(properties = "demo.data=true")
class PharmacyApiTest {

    @LocalServerPort
    int port;

    @Test
    void aChainSeesItsOwnStoresOnly() {
        Set<String> own = stores(Who.CHAIN);
        Set<String> others = stores(Who.OTHER_CHAIN);
        assertThat(own).isNotEmpty().doesNotContainAnyElementsOf(others);
    }

    private Set<String> stores(Who who) {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        do {
            Answer page = Api.as(port, who).get("/stores?limit=100&cursor=" + cursor);
            page.body().path("items").forEach(store -> seen.add(store.path("pharmacyId").asString()));
            cursor = page.body().path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return seen;
    }

    @Test
    void anOrganisationWithoutAccountIsToldSo() {
        Answer refused = Api.as(port, Who.UNKNOWN_CHAIN).get("/stores");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("not-a-party");
    }

    @Test
    void showsHoursProgrammesAndPositionInTheDatumAskedFor() {
        Api app = Api.as(port, Who.CHAIN);
        String id = app.get("/stores?limit=1").body().path("items").path(0).path("pharmacyId").asString();
        var body = app.get("/pharmacies/" + id + "?coordType=bd09").body();
        assertThat(body.path("pharmacyId").asString()).isEqualTo(id);
        assertThat(body.path("openingHours")).hasSize(7);
        assertThat(body.path("programmes").path(0).asString()).isEqualTo("chain_procurement");
        assertThat(body.path("position").path("coordType").asString()).isEqualTo("bd09");
        assertThat(app.get("/pharmacies/" + id + "?coordType=utm").errors())
                .containsEntry("?coordType", "invalid-value");
    }

    @Test
    void refusesABrokenCursor() {
        assertThat(Api.as(port, Who.CHAIN).get("/stores?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
    }
}
