package cn.cityapis.policy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.text.Article;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An article with thousands of awards costs as much for each as one with a few. */
class AwardRulesTest {

    private static final UUID ID = new UUID(0, 1);

    @Test
    void whatIsStoredGrowsWithTheAwardsOnly() {
        assertThat(stored(4_000)).isLessThan(stored(1_000) * 5L);
    }

    @Test
    void readingTakesAsLongForEachHoweverManyThereAre() {
        fastest(500);
        assertThat(fastest(4_000)).isLessThan(fastest(1_000) * 8);
    }

    @Test
    void anAwardNamesTheOrgansBehindIt() {
        List<Award> awards = AwardRules.find(article(30));
        assertThat(awards).hasSize(30);
        assertThat(awards.getFirst().organs()).hasSize(20).startsWith("市第0灯塔局", "市第1灯塔局");
        assertThat(awards.get(28).organs()).containsExactly("市第28灯塔局", "市第29灯塔局");
        assertThat(awards.getLast().audiences()).containsExactly("high-tech-enterprise");
    }

    private static long stored(int awards) {
        Article article = article(awards);
        List<AwardRow> rows = AwardRules.find(article).stream()
                .map(award -> AwardRow.of(ID, ID, ID, List.of("海岚市人民政府"), article, award)).toList();
        assertThat(rows).hasSize(awards);
        return JsonMapper.shared().writeValueAsString(rows).length();
    }

    private static long fastest(int awards) {
        Article article = article(awards);
        return IntStream.range(0, 4).mapToLong(round -> {
            long begin = System.nanoTime();
            assertThat(AwardRules.find(article)).hasSize(awards);
            return System.nanoTime() - begin;
        }).min().orElseThrow();
    }

    private static Article article(int awards) {
        return new Article("1", 1, "第一条", "扶持",
                IntStream.range(0, awards)
                        .mapToObj(i -> "对第" + i + "座灯塔的高新技术企业，给予" + (i + 1) + "万元奖励（责任单位：市第" + i + "灯塔局）。")
                        .collect(Collectors.joining("\n")));
    }
}
