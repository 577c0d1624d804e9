package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import cn.cityapis.policy.search.SearchAnswer.ArticleHit;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.search.SearchRequest.Filters;
import cn.cityapis.policy.search.SearchRequest.Order;
import cn.cityapis.policy.text.Article;
import org.junit.jupiter.api.Test;

/** Which article answers a question, whatever index is asked. */
abstract class AnswerContract {

    private static final String LIGHTHOUSE = "海灯发〔2031〕3号";

    /** A search over the digest, caught up. */
    abstract ArticleSearch search();

    /** Adds documents, and waits until they can be found. */
    abstract void add(List<IndexedDocument> documents);

    private List<DocumentHit> ask(String text) {
        return search().search(new SearchRequest(text, SearchContract.TODAY, Filters.NONE, Order.RELEVANCE, false, 20,
                Optional.empty(), Optional.empty())).block().items();
    }

    private String best(String text) {
        DocumentHit hit = ask(text).getFirst();
        return hit.number() + "#" + hit.articles().getFirst().key();
    }

    private List<String> shown(String text) {
        return ask(text).stream().filter(hit -> LIGHTHOUSE.equals(hit.number()))
                .flatMap(hit -> hit.articles().stream()).map(ArticleHit::key).toList();
    }

    /** With a notice around it, as most rules have. */
    private static IndexedDocument framed(String notice, String... articles) {
        IndexedDocument rule = Fixtures.document(LIGHTHOUSE, "海岚灯塔参观办法", articles);
        List<Article> all = new ArrayList<>(List.of(new Article("0", null, "正文", "", notice)));
        all.addAll(rule.articles());
        return new IndexedDocument(rule.document(), all);
    }

    @Test
    void findsInTheNoticeSinceWhenARuleHolds() {
        add(List.of(framed("本办法自2031年4月1日起施行，有效期至2036年3月31日。", "一、开放时间为4月至10月。",
                "二、海岚灯塔参观的线路另定。")));
        assertThat(best("灯塔参观办法从什么时候开始执行")).isEqualTo(LIGHTHOUSE + "#0");
        assertThat(best("灯塔参观什么时候开放")).isEqualTo(LIGHTHOUSE + "#1");
    }

    @Test
    void findsTheNoticeOfALongDocumentThatIsAskedForByItsNumber() {
        add(List.of(framed("本办法自2031年4月1日起施行，有效期至2036年3月31日。",
                IntStream.rangeClosed(1, 60).mapToObj(i -> i + ". 灯塔的第" + i + "间展室有效开放。").toArray(String[]::new))));
        assertThat(best("海灯发〔2031〕3号有效期到什么时候")).isEqualTo(LIGHTHOUSE + "#0");
    }

    @Test
    void readsPinyinWithBlanksAsOneExpression() {
        add(List.of(Fixtures.document("海灯发〔2031〕4号", "展室开放通知", "灯塔，灯塔，灯塔。参观，参观，参观。"),
                Fixtures.document(LIGHTHOUSE, "展室开放办法", "展室开放以后，海岚的灯塔参观须先预约，预约办法由各展室另行公布。")));
        assertThat(best("dengta canguan")).isEqualTo(LIGHTHOUSE + "#1");
    }

    @Test
    void prefersWhatAnswersToWhatOnlyNamesTheSubjectOfItsDocument() {
        add(List.of(framed("现予印发。", "一、海岚灯塔参观先行预约。", "二、门票遗失的，由售票处补发。")));
        assertThat(best("海岚灯塔参观的门票掉了谁补发")).isEqualTo(LIGHTHOUSE + "#2");
    }

    @Test
    void showsOfADocumentWhatAnswersNotWhatIsOnlyBesideIt() {
        add(List.of(Fixtures.document(LIGHTHOUSE, "展室办法", "一、望远镜租借每次押金二十元。", "二、其他设备的押金免收。", "三、押金。")));
        assertThat(shown("望远镜租借押金")).containsExactly("1");
        add(List.of(Fixtures.document(LIGHTHOUSE, "展室办法",
                IntStream.rangeClosed(1, 9).mapToObj(i -> i + ". 望远镜租借押金" + i + "元。").toArray(String[]::new))));
        assertThat(shown("望远镜租借押金")).hasSize(5);
    }
}
