package cn.cityapis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import org.junit.jupiter.api.Test;

/** A city with nothing but its settings: docs/operation/second-city.md. */
@ServiceTest(properties = {"spring.config.additional-location=file:../docs/examples/second-city/",
        "test.database=of-a-second-city"})
class SecondCityApiTest extends PolicyScene {

    private static final String NUMBER = "烟政发〔2031〕7号";

    /** Weihai's digest is not there; what it publishes is named after it. */
    @Test
    void beginsEmptyAndNamesItsOwnDocuments() {
        assertThat(policy.get("/api/policy/v1/documents?q=通知").at("/items")).isEmpty();
        assertThat(policy.load("""
                烟台市人民政府
                关于海上公交的通知
                %s

                各区市人民政府：

                第一条　海上公交每日两班。
                第二条　本通知自2031年6月1日起施行。

                烟台市人民政府
                2031年5月6日
                """.formatted(NUMBER)).at("/state").asString()).isEqualTo("done");
        policy.search(NUMBER, answer -> answer.at("/items/0/number").asString("").equals(NUMBER));
        String akn = policy.reader.get().uri("/api/policy/v1/documents/by-number/" + NUMBER + "?format=akn").exchange()
                .expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
        assertThat(akn).contains("/akn/cn-370600/act/2031-05-06/", "<FRBRcountry value=\"cn-370600\"")
                .doesNotContain("371000");
    }
}
