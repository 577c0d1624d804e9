package cn.cityapis.policy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.DigestScene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the shipped digest has to offer from the start. */
class EntitlementApiTest extends DigestScene {

    private static final String LIST = "/api/policy/v1/entitlements";

    @Test
    void listsWhatAHighTechEnterpriseCanGet() {
        JsonNode page = policy.get(LIST + "?audience={a}&q={q}", "高新技术企业", "复合增长");
        JsonNode award = page.at("/items/0");
        assertThat(award.at("/amount/amountFen").asLong()).isEqualTo(5_000_000);
        assertThat(award.at("/amount/bound").asString()).isEqualTo("exact");
        assertThat(award.get("kind").asString()).isEqualTo("reward");
        assertThat(award.get("documentNumber").asString()).isEqualTo("威政发〔2023〕5号");
        assertThat(award.get("articleKey").asString()).isEqualTo("2.4.17");
        String text = policy.follow(award.get("permalink")).get("text").asString();
        assertThat(text.substring(award.at("/amount/span/start").asInt(), award.at("/amount/span/end").asInt()))
                .isEqualTo(award.at("/amount/text").asString());
        assertThat(page.get("audiences").findValuesAsString("code")).contains("high-tech-enterprise");
    }

    @Test
    void filtersByAmountKindOrganAndDay() {
        for (JsonNode item : policy.get(LIST + "?amountMin=100000000&kind=reward&limit=100").get("items")) {
            assertThat(item.at("/amount/amountFen").asLong()).isGreaterThanOrEqualTo(100_000_000);
            assertThat(item.get("kind").asString()).isEqualTo("reward");
        }
        assertThat(policy.get(LIST + "?validOn=2023-08-31").get("items")).isNotEmpty();
        assertThat(policy.get(LIST + "?validOn=2022-01-01").get("items")).isEmpty();
        assertThat(policy.get(LIST + "?organ={o}", "没有这个单位").get("items")).isEmpty();
    }

    @Test
    void showsWhatIsInForceFirstAndByTheSameRuleAsTheDocument() {
        JsonNode all = policy.get(LIST + "?limit=100").get("items");
        List<String> statuses = all.findValuesAsString("status");
        assertThat(statuses.lastIndexOf("in-force")).isLessThan(firstDead(statuses));
        for (String day : List.of("2023-07-12", "2023-07-13", "2023-08-08", "2023-08-09", "2027-08-09", "2027-08-10",
                "2028-07-12", "2028-07-13")) {
            JsonNode valid = policy.get(LIST + "?limit=100&validOn=" + day).get("items");
            Set<String> alive = new HashSet<>();
            all.forEach(item -> {
                String status = policy.get("/api/policy/v1/documents/" + item.get("documentId").asString() + "?on="
                        + day).get("status").asString();
                if (status.equals("in-force")) {
                    alive.add(item.get("id").asString());
                }
            });
            assertThat(valid.findValuesAsString("id")).as(day).containsExactlyInAnyOrderElementsOf(alive);
            assertThat(valid.findValuesAsString("statusOn")).as(day).allMatch(day::equals);
        }
    }

    private static int firstDead(List<String> statuses) {
        return IntStream.range(0, statuses.size()).filter(i -> !statuses.get(i).equals("in-force")).findFirst()
                .orElse(statuses.size());
    }

    @Test
    void putsWhatNamesTheAudienceBeforeWhatIsForAWiderOne() {
        List<Boolean> named = policy.get(LIST + "?audience={a}&limit=100&validOn=2024-01-01", "高新技术企业").get("items")
                .valueStream().map(item -> item.get("audiences").valueStream()
                        .anyMatch(code -> code.asString().equals("high-tech-enterprise")))
                .toList();
        assertThat(named).contains(true, false);
        assertThat(named.lastIndexOf(true)).isLessThan(named.indexOf(false));
    }

    @Test
    void filtersByTheLargestAmount() {
        JsonNode some = policy.get(LIST + "?amountMin=5000000&amountMax=5000000&limit=100").get("items");
        assertThat(some).isNotEmpty();
        some.forEach(item -> assertThat(item.at("/amount/amountFen").asLong()).isEqualTo(5_000_000));
    }

    @Test
    void pagesWithoutLossOrRepetition() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = policy.get(LIST + "?audience={a}&limit=5" + cursor, "企业");
            seen.addAll(page.get("items").findValuesAsString("id"));
            assertThat(page.get("audiences").isEmpty()).as("counted once").isEqualTo(!cursor.isEmpty());
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asString() : null;
        } while (cursor != null);
        assertThat(seen).doesNotHaveDuplicates().containsExactlyElementsOf(
                policy.get(LIST + "?audience={a}&limit=100", "企业").get("items").findValuesAsString("id"));
    }

    @Test
    void showsTheFactsOfADocumentWithTheirPlaces() {
        String id = policy.get("/api/policy/v1/documents/by-number/{n}", "威民发〔2023〕17号").get("id").asString();
        JsonNode facts = policy.get("/api/policy/v1/documents/" + id + "/facts");
        assertThat(facts.findValuesAsString("text")).contains("5个工作日内", "老年人");
        assertThat(policy.get(LIST + "/audiences").get("items").findValuesAsString("name")).contains("养老机构");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?audience=nobody", "?audience=", "?q=", "?amountMin=-1", "?amountMin=x", "?amountMax=x",
            "?amountMin=2&amountMax=1", "?kind=gift",
            "?validOn=2023-02-30", "?organ=", "?cursor=forged", "?limit=0"})
    void saysWhatIsWrong(String query) {
        policy.reader.get().uri(LIST + query).exchange().expectStatus().isBadRequest();
    }

    @Test
    void knowsNoFactsOfADocumentThatIsNotThere() {
        policy.reader.get().uri("/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/facts").exchange()
                .expectStatus().isNotFound();
        policy.reader.get().uri("/api/policy/v1/documents/x/facts").exchange().expectStatus().isBadRequest();
    }
}
