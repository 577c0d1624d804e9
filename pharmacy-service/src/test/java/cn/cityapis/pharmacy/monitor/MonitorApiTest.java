package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(properties = "demo.data=true")
class MonitorApiTest {

    @LocalServerPort
    int port;

    @Test
    void theDemoCityHasAPharmacyThatSellsAcarboseAbove() {
        Api city = Api.as(port, Who.CITY);
        String drug = city.get("/drugs?q=akbtp").body().path("items").path(0).path("drugId").asString();
        Answer red = city.get("/price-flags?level=red&drugId=" + drug);
        assertThat(red.body().path("items")).isNotEmpty().allSatisfy(flag -> {
            assertThat(flag.path("genericName").asString()).isEqualTo("阿卡波糖片");
            assertThat(flag.path("level").asString()).isEqualTo("red");
            assertThat(flag.path("retailPriceFen").asLong()).isGreaterThan(735 * 13 / 10);
        });
    }

    @Test
    void theHighestComeFirstAndPagesDoNotOverlap() {
        Api city = Api.as(port, Who.CITY);
        Answer first = city.get("/price-flags?limit=50");
        Answer second = city.get("/price-flags?limit=50&cursor=" + first.body().path("nextCursor").asString());
        Set<String> seen = new HashSet<>();
        int last = Integer.MAX_VALUE;
        for (Answer page : List.of(first, second)) {
            for (var flag : page.body().path("items")) {
                assertThat(flag.path("aboveBp").asInt()).isLessThanOrEqualTo(last);
                last = flag.path("aboveBp").asInt();
                assertThat(seen.add(flag.path("pharmacyId").asString() + flag.path("drugId").asString())).isTrue();
            }
        }
        assertThat(seen).hasSize(100);
    }

    @Test
    void aDistrictSeesItsOwnOnly() {
        Api district = Api.as(port, Who.DISTRICT);
        assertThat(district.get("/price-flags?limit=100").body().path("items")).isNotEmpty()
                .allMatch(flag -> flag.path("areaCode").asString().startsWith("371002"));
        assertThat(Api.as(port, Who.CITY).get("/price-flags?limit=100").body().path("items"))
                .anyMatch(flag -> !flag.path("areaCode").asString().startsWith("371002"));
        assertThat(district.get("/price-cases?limit=100").body().path("items").size())
                .isGreaterThan(0);
    }

    @Test
    void refusesWhatMakesNoSense() {
        Api city = Api.as(port, Who.CITY);
        assertThat(city.get("/price-flags?level=green").errors()).containsEntry("?level", "invalid-value");
        assertThat(city.get("/price-flags?drugId=7").status()).isEqualTo(400);
        assertThat(city.get("/price-flags?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
        assertThat(city.get("/price-cases?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
        assertThat(city.get("/price-cases?limit=101").status()).isEqualTo(400);
    }
}
