package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.search.SearchAnswer.ArticleHit;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.search.SearchAnswer.Dropped;
import cn.cityapis.policy.search.SearchRequest.Filters;
import cn.cityapis.policy.search.SearchRequest.Order;
import cn.cityapis.policy.search.SearchRequest.Place;
import cn.cityapis.policy.text.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every search must do, whatever index answers it. Asked on the digest that the project ships. */
abstract class SearchContract extends AnswerContract {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final String CARE_HOMES = "威民发〔2023〕17号";

    private SearchAnswer ask(String text) {
        return ask(text, Filters.NONE);
    }

    private SearchAnswer ask(String text, Filters filters) {
        return ask(request(text, filters, Order.RELEVANCE, 100));
    }

    private SearchAnswer ask(SearchRequest request) {
        return search().search(request).block();
    }

    private static SearchRequest request(String text, Filters filters, Order order, int limit) {
        return new SearchRequest(text, TODAY, filters, order, false, limit, Optional.empty(), Optional.empty());
    }

    private static List<String> numbers(SearchAnswer answer) {
        return answer.items().stream().map(DocumentHit::number).toList();
    }

    private static String best(SearchAnswer answer) {
        DocumentHit hit = answer.items().getFirst();
        return hit.number() + "#" + hit.articles().getFirst().key();
    }

    @ParameterizedTest
    @ValueSource(strings = {"威民发〔2023〕17号", "威民发【2023】17号", "威民发[2023]17", "威民发（２０２３）１７号", "威民发(2023)17号",
            "威民发2023 17", "威民发〔2023〕 17 号", "威民发2023年17号", "威民发2023-17"})
    void findsANumberInAnySpelling(String spelling) {
        assertThat(numbers(ask(spelling)).getFirst()).isEqualTo(CARE_HOMES);
    }

    @Test
    void findsTheArticleOfANumberedDocumentThatAnswers() {
        assertThat(best(ask("威民发〔2023〕17号 能力评估费用"))).isEqualTo(CARE_HOMES + "#19");
        assertThat(best(ask("能力评估费用 威民发〔2023〕17号"))).isEqualTo(CARE_HOMES + "#19");
        assertThat(best(ask("能力评估费用威民发〔2023〕17号"))).isEqualTo(CARE_HOMES + "#19");
        assertThat(ask("请问威民发〔2023〕17号还有效吗").relaxed()).isNull();
        assertThat(best(ask("威民发〔2023〕17号第二十四条"))).isEqualTo(CARE_HOMES + "#24");
    }

    @ParameterizedTest
    @CsvSource({"能力評估費用,19", "能力评估费用谁承担,19", "nengli pinggu feiyong,19", "老人能力评估费用,19", "年满六十周岁可以申请吗,5",
            "年满６０周岁可以申请吗,5"})
    void findsWhateverWayItIsWritten(String query, String article) {
        assertThat(best(ask(query))).isEqualTo(CARE_HOMES + "#" + article);
    }

    @ParameterizedTest
    @ValueSource(strings = {"养老院", "敬老院", "yanglaojigou", "YLJG"})
    void findsCareHomesByOtherNamesAndSounds(String query) {
        assertThat(numbers(ask(query))).contains(CARE_HOMES);
    }

    @Test
    void mendsAWordThatSoundsLikeOneItKnows() {
        SearchAnswer answer = ask("养老机购");
        assertThat(answer.didYouMean()).isEqualTo("养老机构");
        assertThat(numbers(answer).getFirst()).isEqualTo(CARE_HOMES);
        assertThat(ask("养老机构").didYouMean()).isNull();
        assertThat(ask("老年人能力评估费用谁承担").didYouMean()).isNull();
    }

    @Test
    void takesAPhraseInQuotesAsItStands() {
        List<ArticleHit> hits = ask("\"能力评估费用\"").items().stream().flatMap(hit -> hit.articles().stream()).toList();
        assertThat(hits).isNotEmpty().allSatisfy(
                hit -> assertThat(hit.snippet().replaceAll("</?em>", "") + hit.heading()).contains("能力评估费用"));
        assertThat(numbers(ask("“能力评估费用”"))).isEqualTo(numbers(ask("\"能力评估费用\"")));
    }

    @Test
    void saysWhatItDroppedFromAPhraseThatIsNowhere() {
        SearchAnswer answer = ask("\"费用评估能力\"");
        assertThat(answer.items()).isNotEmpty();
        assertThat(answer.relaxed().dropped()).containsExactly(new Dropped("phrase", "费用评估能力"));
        assertThat(answer.relaxed().text()).contains("费用评估能力");
    }

    @Test
    void saysWhichFilterItDropped() {
        SearchAnswer answer = ask("轮候床位", filters(null, null, "威海市公安局", null, null));
        assertThat(numbers(answer)).contains(CARE_HOMES);
        assertThat(answer.relaxed().dropped()).containsExactly(new Dropped("issuer", "威海市公安局"));
    }

    @Test
    void neverDropsTheDayOrTheStatusThatWasAskedFor() {
        Filters inForce = filters(LocalDate.of(2025, 1, 1), Status.IN_FORCE, "威海市公安局", null, null);
        assertThat(numbers(ask("轮候床位", inForce))).doesNotContain(CARE_HOMES);
    }

    @Test
    void saysWhichNumberItDropped() {
        SearchAnswer answer = ask("海岚发〔1999〕1号 老年人能力评估费用");
        assertThat(best(answer)).isEqualTo(CARE_HOMES + "#19");
        assertThat(answer.relaxed().dropped()).containsExactly(new Dropped("number", "海岚发〔1999〕1号"));
    }

    @Test
    void saysWhichWordItDoesNotKnow() {
        SearchAnswer answer = ask("能力评估费用 xyzzy");
        assertThat(best(answer)).isEqualTo(CARE_HOMES + "#19");
        assertThat(answer.relaxed().dropped()).containsExactly(new Dropped("word", "xyzzy"));
        assertThat(ask("能力评估费用").relaxed()).isNull();
    }

    @Test
    void answersEmptyWhereNothingIsLikeIt() {
        SearchAnswer answer = ask("xyzzy");
        assertThat(answer.items()).isEmpty();
        assertThat(answer.articles().value()).isZero();
        assertThat(answer.relaxed()).isNull();
    }

    private static Filters filters(LocalDate validOn, Status status, String issuer, String topic, String kind) {
        return new Filters(validOn, status, issuer, topic, kind, null, null, null, null);
    }

    @Test
    void leavesOutOnlyWhatAFilterExcludes() {
        assertThat(numbers(ask("老年人", filters(LocalDate.of(2024, 12, 31), null, null, null, null))))
                .contains(CARE_HOMES);
        assertThat(numbers(ask("老年人", filters(LocalDate.of(2025, 1, 1), null, null, null, null))))
                .doesNotContain(CARE_HOMES);
        assertThat(ask("老年人", filters(null, Status.EXPIRED, null, null, null)).items()).isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.status()).isEqualTo(Status.EXPIRED));
        assertThat(ask("威海市", filters(null, null, "威海市教育局", null, null)).items()).isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.organs()).contains("威海市教育局"));
        assertThat(ask("威海市", filters(null, null, null, "民生保障", null)).items()).isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.topic()).isEqualTo("民生保障"));
        assertThat(ask("威海市", filters(null, null, null, null, "办法")).items()).isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.kind()).isEqualTo("办法"));
        assertThat(ask("威海市", new Filters(null, null, null, null, null, null, LocalDate.of(2023, 8, 9),
                LocalDate.of(2023, 8, 17), null)).items()).isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.issued()).isBetween("2023-08-09", "2023-08-17"));
    }

    @Test
    void filtersArticlesByWhoIsResponsibleAndBySums() {
        add(List.of(Fixtures.document("海政发〔2031〕9号", "海岚市人民政府关于奖励的意见", "1. 奖励一。每家给予不超过30万元奖励。（责任单位：市科技局、市财政局）",
                "2. 奖励二。每家给予200万元奖励。（牵头单位：市大数据中心；责任单位：市财政局）")));
        Filters science = new Filters(null, null, null, null, null, "市科技局", null, null, null);
        assertThat(keys(ask("海岚市奖励", science))).containsExactly("1");
        Filters large = new Filters(null, null, null, null, null, null, null, null, 100_000_000L);
        assertThat(keys(ask("海岚市每家奖励", large), "海政发〔2031〕9号")).containsExactly("2");
        Filters both = new Filters(null, null, null, null, null, "市财政局", null, null, 30_000_000L);
        assertThat(keys(ask("海岚市每家奖励", both), "海政发〔2031〕9号")).containsExactlyInAnyOrder("1", "2");
    }

    private static List<String> keys(SearchAnswer answer) {
        return answer.items().stream().flatMap(hit -> hit.articles().stream()).map(ArticleHit::key).toList();
    }

    private static List<String> keys(SearchAnswer answer, String number) {
        return answer.items().stream().filter(hit -> number.equals(hit.number()))
                .flatMap(hit -> hit.articles().stream()).map(ArticleHit::key).toList();
    }

    @Test
    void ranksWhatIsInForceBeforeWhatIsDeadWhereBothAnswerAlike() {
        String[] words = {"海岚灯塔参观须预约。"};
        add(List.of(
                Fixtures.document("海灯发〔2021〕1号", "灯塔旧办法", LocalDate.of(2021, 1, 1), LocalDate.of(2022, 1, 1), words),
                Fixtures.document("海灯发〔2022〕2号", "灯塔新办法", LocalDate.of(2022, 1, 2), null, words)));
        assertThat(numbers(ask("海岚灯塔参观"))).startsWith("海灯发〔2022〕2号", "海灯发〔2021〕1号");
    }

    @Test
    void sortsByDate() {
        List<DocumentHit> hits = ask(request("威海市", Filters.NONE, Order.DATE, 100)).items();
        assertThat(hits).hasSizeGreaterThan(5);
        assertThat(hits).extracting(DocumentHit::issued)
                .isSortedAccordingTo(java.util.Comparator.<LocalDate>reverseOrder());
    }

    @Test
    void countsDocumentsByWhatTheyAre() {
        SearchAnswer answer = ask(new SearchRequest("威海市", TODAY, Filters.NONE, Order.RELEVANCE, true, 100,
                Optional.empty(), Optional.empty()));
        assertThat(answer.facets().keySet()).containsExactly("issuer", "topic", "kind", "status", "year");
        answer.facets().get("topic").forEach(count -> assertThat(count.count()).as(count.value())
                .isEqualTo(answer.items().stream().filter(hit -> count.value().equals(hit.topic())).count()));
        answer.facets().get("kind").forEach(count -> assertThat(count.count()).as(count.value())
                .isEqualTo(answer.items().stream().filter(hit -> count.value().equals(hit.kind())).count()));
        answer.facets().get("status").forEach(count -> assertThat(count.count()).as(count.value())
                .isEqualTo(answer.items().stream().filter(hit -> count.value().equals(hit.status().code())).count()));
        answer.facets().get("issuer").forEach(count -> assertThat(count.count()).as(count.value())
                .isEqualTo(answer.items().stream().filter(hit -> hit.organs().contains(count.value())).count()));
        assertThat(answer.facets().get("topic")).isNotEmpty();
        assertThat(ask("威海市").facets()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RELEVANCE", "DATE"})
    void pagesThroughEveryDocumentOnceWhileTheIndexChanges(Order order) {
        List<String> before = numbers(ask(request("威海市", Filters.NONE, order, 100)));
        List<String> seen = new ArrayList<>();
        SearchRequest next = request("威海市", Filters.NONE, order, 3);
        for (int page = 0; page < 50; page++) {
            SearchAnswer answer = ask(next);
            seen.addAll(numbers(answer));
            if (answer.nextCursor() == null) {
                break;
            }
            add(List.of(Fixtures.document("海页发〔2031〕" + (page + 1 + order.ordinal() * 100) + "号", "威海市威海市威海市",
                    "威海市威海市威海市")));
            next = after(next, answer.nextCursor());
        }
        assertThat(seen).containsExactlyElementsOf(before);
    }

    @Test
    void pagesByDateThroughADayOfManyArticles() {
        String[] lanterns = Collections.nCopies(60, "海岚灯笼须在日落之前点亮").toArray(String[]::new);
        List<String> numbers = IntStream.rangeClosed(1, 8).mapToObj(i -> "海笼发〔2031〕" + i + "号").toList();
        add(numbers.stream().map(number -> Fixtures.document(number, "灯笼办法", lanterns)).toList());
        List<String> seen = new ArrayList<>();
        SearchRequest next = request("海岚灯笼点亮", Filters.NONE, Order.DATE, 2);
        for (SearchAnswer answer = ask(next); seen.addAll(numbers(answer))
                && answer.nextCursor() != null; answer = ask(next)) {
            next = after(next, answer.nextCursor());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers);
    }

    private static SearchRequest after(SearchRequest request, String cursor) {
        List<String> after = Fixtures.cursor(cursor);
        return new SearchRequest(request.text(), request.today(), request.filters(), request.order(), false,
                request.limit(), Optional.of(new Place(Double.parseDouble(after.get(0)), after.get(1))),
                Optional.of(after.get(2)));
    }

    @Test
    void goesOnWithTheLatestStateWhereTheOneOfACursorIsGone() {
        SearchRequest first = request("威海市", Filters.NONE, Order.RELEVANCE, 3);
        SearchAnswer page = ask(first);
        SearchRequest next = after(first, page.nextCursor());
        SearchRequest elsewhere = new SearchRequest(next.text(), next.today(), next.filters(), next.order(), false, 3,
                next.after(), Optional.of("another-42"));
        assertThat(numbers(ask(elsewhere))).isEqualTo(numbers(ask(next))).doesNotContainAnyElementsOf(numbers(page));
    }

    static List<String> bad() {
        return List.of("\"", "((", "a AND OR", "*", "?", "~^", "title:", "第", "。。", "\\", "费", "\"\"", "“", "\"。\"",
                "'; DROP TABLE work; --", "1=1 OR 'a'='a'", "text.word:*", "[a TO b]", "+-&&||!(){}[]^\"~*?:\\/",
                "威" + "海".repeat(499), "\"" + "海".repeat(498) + "\"", "\"a\" ".repeat(120), "*".repeat(500),
                "\u0000\u0001\u0007\u001b老年人\u007f", "😀", "😀老年人😀", "👨‍👩‍👧‍👦".repeat(40), "𠮷𠮷𠮷", "\ud83d",
                "\ude00老年人",
                "a".repeat(500), "abcdefghijklmnopqrstuvwxyz ".repeat(18), "aaaaaaaaaa ".repeat(45), "ylbt".repeat(120),
                "，。！？、；：", "     x     ", "<script>alert(1)</script>", "%00%0a", "${jndi:ldap://x}", "\u202e老年人\u202c",
                "9".repeat(500), "第九九九九九九条", "百分之百分之百", "威民发〔2023〕99999999999号", "(".repeat(500), "\t\n老年人\r\n",
                "的", "什么", "谁", "怎么办", distinct());
    }

    /** Hundreds of different characters. */
    private static String distinct() {
        StringBuilder text = new StringBuilder();
        for (char c = '一'; text.length() < 500; c++) {
            text.append(c);
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void takesAnythingForPlainText(String text) {
        SearchAnswer answer = ask(text);
        assertThat(answer).isNotNull();
        answer.items().forEach(hit -> hit.articles().forEach(article -> wellFormed(article.snippet())));
        assertThat(search().suggest(text, 8).block()).hasSizeLessThanOrEqualTo(8);
    }

    /** Nothing but em, in pairs, and no half of a surrogate pair. */
    static void wellFormed(String snippet) {
        assertThat(snippet.replaceAll("<em>[^<]*</em>", "")).doesNotContain("<", ">");
        assertThat(snippet.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void marksWhatItFoundAndEscapesTheRest() {
        add(List.of(Fixtures.document("海标发〔2031〕7号", "关于标记的通知", "一、栏目写作<script>标签&\"引号\"，表情😀在后，𠮷野家也在。")));
        for (String query : List.of("栏目写作标签", "欄目寫作標籤", "lanmu", "\"标签\"", "𠮷野家 表情")) {
            SearchAnswer answer = ask(query);
            String snippet = answer.items().stream().filter(hit -> "海标发〔2031〕7号".equals(hit.number())).findFirst()
                    .orElseThrow(() -> new AssertionError(query)).articles().getFirst().snippet();
            assertThat(snippet).as(query).contains("<em>", "&lt;script&gt;", "😀").doesNotContain("<script");
            wellFormed(snippet);
        }
    }

    @ParameterizedTest
    @CsvSource({"养老机构,<em>养老机构</em>", "敬老院,<em>养老机构</em>", "yanglao,<em>养老</em>", "養老機構,<em>养老机构</em>"})
    void marksWhatStandsThereNotWhatWasTyped(String query, String marked) {
        assertThat(ask(query).items().stream().filter(hit -> CARE_HOMES.equals(hit.number()))
                .flatMap(hit -> hit.articles().stream()).map(ArticleHit::snippet)).anyMatch(
                        snippet -> snippet.contains(marked) || snippet.contains(marked.replace("<em>", "<em>公办")));
    }

    @ParameterizedTest
    @CsvSource({"养老,威海市公办养老机构入住评估轮候", "yanglao,威海市公办养老机构入住评估轮候", "yljg,威海市公办养老机构入住评估轮候",
            "养老jig,威海市公办养老机构入住评估轮候", "yanglaoj,威海市公办养老机构入住评估轮候", "民生,民生保障", "msbz,民生保障", "minshengb,民生保障",
            "威海市教,威海市教育局", "whsjyj,威海市教育局", "威民发2023,威民发〔2023〕17号", "威民发（２０２３）１７,威民发〔2023〕17号",
            "養老機構,威海市公办养老机构入住评估轮候"})
    void suggestsWhileTyping(String typed, String expected) {
        assertThat(search().suggest(typed, 8).block()).extracting(Suggestion::text)
                .anyMatch(text -> text.contains(expected));
    }

    @Test
    void suggestsNothingThatIsNotThere() {
        assertThat(search().suggest("xyzzyqq", 8).block()).isEmpty();
        assertThat(search().suggest("。", 8).block()).isEmpty();
        assertThat(search().suggest("威", 3).block()).hasSize(3);
    }

    /** The texts of the contract. */
    static List<IndexedDocument> digest() {
        return Corpus.of(Gazettes.digest());
    }

}
