package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArticleFactsRulesTest {

    @Test
    void readsWhoIsResponsible() {
        assertThat(ArticleFacts.of("办好灯塔。（牵头单位：市灯塔局、市财政局；责任单位：各区市政府，灯塔大学（海岚））").responsible())
                .containsExactly("市灯塔局", "市财政局", "各区市政府", "灯塔大学（海岚）");
        assertThat(ArticleFacts.of("办好灯塔。〔市灯塔局负责，市财政局配合〕").responsible()).containsExactly("市灯塔局", "市财政局");
        assertThat(ArticleFacts.of("见附件（市灯塔局网站）。").responsible()).isEmpty();
    }

    @Test
    void readsSumsInFen() {
        assertThat(ArticleFacts.of("给予不超过 50 万元、1.5亿元、300元奖励，共3千元，另有20人。").amountsFen())
                .containsExactly(50_000_000L, 15_000_000_000L, 30_000L, 300_000L);
        assertThat(ArticleFacts.of("奖励五万元，企业3万元-8万元，其余5、2万元。").amountsFen())
                .containsExactly(5_000_000L, 3_000_000L, 8_000_000L, 2_000_000L);
    }
}
