package cn.cityapis.pharmacy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Each part of the service has something to show from the start. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-cases", "pharmacy.jobs.first=PT24H"})
class DemoStoriesApiTest {

    @LocalServerPort
    int port;

    @Test
    void aQuarterlyReportIsPublishedAndSaysThatItIsMadeUp() {
        JsonNode first = Api.as(port, Who.APP).get("/quarterly-reports").body().at("/items/0");
        assertThat(first.path("reason").asString()).contains("演示");
        JsonNode figures = Api.as(port, Who.APP).get("/quarterly-reports/" + first.path("reportId").asString()).body()
                .path("figures");
        assertThat(figures.path("packs").asLong()).isPositive();
        assertThat(figures.path("savedFen").asLong()).isPositive();
        assertThat(figures.path("demo").asBoolean()).isTrue();
    }

    @Test
    void goodsAreOnTheirWayBack() {
        JsonNode returns = Api.as(port, Who.CHAIN).get("/returns?limit=100").body().path("items");
        assertThat(returns.valueStream().filter(r -> r.path("reason").asString().contains("演示"))
                .map(r -> r.path("state").asString())).contains("requested", "confirmed");
    }

    @Test
    void aClinicWithAnAccountHasAPriceToAnswerFor() {
        assertThat(Api.as(port, Who.CLINIC).get("/own-price-cases").body().path("items")).isNotEmpty();
        assertThat(Api.as(port, Who.OTHER_CLINIC).get("/own-price-cases").body().path("items")).isNotEmpty();
    }
}
