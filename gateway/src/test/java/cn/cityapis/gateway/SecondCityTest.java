package cn.cityapis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of a city with settings of its own: docs/operation/second-city.md. */
class SecondCityTest {

    @Test
    void thePagesKnowTheCityThatTheyAreGiven() {
        try (RunningGateway gateway = RunningGateway.start(Map.of(
                "spring.config.additional-location", "file:../docs/examples/second-city/",
                "gateway.city-files", "file:../docs/examples/second-city/"))) {
            assertThat(gateway.get("/pages/city.js").body()).contains("烟台市").doesNotContain("威海");
            assertThat(gateway.get("/pages/outline.js").body()).contains("outline = []");
            assertThat(gateway.get("/pages/medicine.js").statusCode()).isEqualTo(200);
        }
        try (RunningGateway gateway = RunningGateway.start(Map.of())) {
            assertThat(gateway.get("/pages/city.js").body()).contains("威海市");
        }
    }
}
