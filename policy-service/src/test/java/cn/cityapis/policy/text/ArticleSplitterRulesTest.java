package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.gazette.GazetteParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleSplitterRulesTest {

    private static final String NOTICE = "海岚市人民政府\n关于印发《海岚市灯塔办法》的通知\n海政发〔2031〕9号\n\n各区人民政府：\n\n"
            + "现将《海岚市灯塔办法》印发给你们，并提出如下要求：\n\n一、加强领导。各区要重视。\n\n二、落实责任。各区要落实。\n\n"
            + "海岚市人民政府\n2031年5月1日\n\n海岚市灯塔办法\n\n";
    private static final List<Article> RULE = articles(NOTICE + "第一条 灯塔夜间点灯。\n\n第二条 灯塔白天熄灯。\n");

    @Test
    void leavesTheBareNumbersToTheRule() {
        assertThat(RULE).extracting(Article::key).containsExactly("0", "notice.1", "notice.2", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "第一条", "第1条", "一"})
    void findsTheArticleOfTheRule(String asked) {
        assertThat(ArticleKey.find(RULE, asked)).get().extracting(Article::text).asString().contains("夜间点灯");
    }

    @Test
    void findsAnArticleByItsNumberWhateverItsKey() {
        List<Article> kept = List.of(new Article("1", null, "一、", "", "加强领导"),
                new Article("1-2", 1, "第一条", "", "夜间点灯"));
        assertThat(ArticleKey.find(kept, "第一条")).get().extracting(Article::text).isEqualTo("夜间点灯");
        assertThat(ArticleKey.find(kept, "1-2")).get().extracting(Article::text).isEqualTo("夜间点灯");
    }

    @Test
    void leavesTheItemsOfANoticeAloneTheirNumbers() {
        List<Article> alone = articles(NOTICE.substring(0, NOTICE.indexOf("海岚市灯塔办法\n\n")));
        assertThat(alone).extracting(Article::key).containsExactly("0", "1", "2");
    }

    @Test
    void partsALabelFromTheFigureBehindIt() {
        Node item = new Node(Kind.POINT, "1.", "50万元以下的部分，按30%补贴", List.of(), List.of());
        assertThat(item.line()).isEqualTo("1. 50万元以下的部分，按30%补贴");
        assertThat(new Node(Kind.POINT, "1.", "灯塔", List.of(), List.of()).line()).isEqualTo("1.灯塔");
    }

    private static List<Article> articles(String text) {
        return ArticleSplitter.split(GazetteParser.parse(text).documents().getFirst().tree());
    }
}
