package cn.cityapis.pharmacy.bargain;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The same medicine, what each buyer pays: a buyer knows himself, the others stay unnamed. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-reports", "pharmacy.jobs.first=PT24H"})
class BargainApiTest extends TradeScene {

    private static final String OWN = "演示连锁1号大药房（虚构）";
    private static final String OTHERS = "其他采购方";

    private JsonNode items(Who who, String drug) {
        return Api.as(port, who).get("/drugs/" + drug + "/purchases").body().path("items");
    }

    private List<String> buyers(Who who, String drug) {
        return items(who, drug).valueStream().map(item -> item.path("buyer").asString()).distinct().toList();
    }

    @Test
    void aBuyerSeesHisOwnNameOnly() {
        String drug = acarbose();
        accepted(drug, 3);
        assertThat(buyers(Who.CHAIN, drug)).containsExactlyInAnyOrder(OWN, OTHERS);
        assertThat(buyers(Who.OTHER_CHAIN, drug)).contains(OTHERS).doesNotContain(OWN);
        assertThat(buyers(Who.CITY, drug)).contains(OWN).doesNotContain(OTHERS).hasSizeGreaterThan(2);
        assertThat(Api.as(port, Who.CITY).get("/drugs/" + UUID.randomUUID() + "/purchases").status()).isEqualTo(404);
    }

    @Test
    void whatWentBackIsNotCountedAndTheCheapestIsFirst() {
        String drug = acarbose();
        long before = packs(drug);
        String delivery = accepted(drug, 5);
        takenBack(delivery, 2);
        assertThat(packs(drug)).isEqualTo(before + 3);
        // what is only asked to go back is still there, and what the supplier refuses stays
        Answer asked = chain.post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B", "quantity", 1))), null);
        assertThat(packs(drug)).isEqualTo(before + 3);
        supplier.post("/returns/" + asked.body().path("returnId").asString() + "/refusal", Map.of("reason", "r"),
                asked.tag());
        assertThat(packs(drug)).isEqualTo(before + 3);
        takenBack(delivery, 3);
        assertThat(packs(drug)).isEqualTo(before);
        List<BigDecimal> prices = items(Who.CITY, drug).valueStream()
                .map(item -> new BigDecimal(item.path("unitPrice").asString())).toList();
        assertThat(prices).isSorted();
    }

    private long packs(String drug) {
        return items(Who.CHAIN, drug).valueStream().filter(item -> item.path("buyer").asString().equals(OWN))
                .mapToLong(item -> item.path("packs").asLong()).sum();
    }
}
