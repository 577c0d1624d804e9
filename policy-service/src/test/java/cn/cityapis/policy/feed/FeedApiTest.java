package cn.cityapis.policy.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"policy.digest=false", "policy.bulk.stall=PT2S"})
class FeedApiTest extends PolicyScene {

    private static final String FEED = "/api/policy/v1/feed";
    private static final String BULK = "/api/policy/v1/bulk";
    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired
    private Bulk bulk;

    @Autowired
    private DatabaseClient database;

    @Test
    void namesNewAndChangedDocumentsTheLastFirst() throws Exception {
        policy.load(single("海民发〔2031〕51号", "第一版。"));
        policy.load(single("海民发〔2031〕52号", "只有一版。"));
        policy.load(single("海民发〔2031〕51号", "第二版。"));
        Document feed = xml(get(FEED + "?limit=2"));
        assertThat(feed.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        assertThat(texts(feed, "summary")).containsExactly("海民发〔2031〕51号，成文于 2031-05-01，第 2 版",
                "海民发〔2031〕52号，成文于 2031-05-01，首次收录");
        Element first = (Element) feed.getElementsByTagName("entry").item(0);
        assertThat(first.getElementsByTagName("updated").item(0).getTextContent())
                .isGreaterThan(first.getElementsByTagName("published").item(0).getTextContent())
                .isEqualTo(texts(feed, "updated").getFirst());
        String link = ((Element) first.getElementsByTagName("link").item(0)).getAttribute("href");
        assertThat(policy.follow(Policy.json(("\"" + link + "\"").getBytes(StandardCharsets.UTF_8))).get("number")
                .asString()).isEqualTo("海民发〔2031〕51号");
    }

    @Test
    void namesAgainWhatWasRepealedOrProlonged() throws Exception {
        policy.load(single("海民发〔2031〕53号", "本办法自2031年1月1日起施行。"));
        policy.load(single("海民发〔2031〕54号", "本办法自2031年1月1日起施行，有效期至2032年12月31日。"));
        policy.load(single("海民发〔2031〕55号", "灯塔亮灯。"));
        String before = texts(xml(get(FEED + "?limit=1")), "updated").getFirst();
        policy.load(single("海民发〔2031〕56号", "海民发〔2031〕53号同时废止。\n第二条 海民发〔2031〕54号有效期延长至2034年12月31日。"));
        List<String> named = texts(xml(get(FEED + "?limit=3")), "summary").stream()
                .map(summary -> summary.substring(9, 11)).toList();
        assertThat(named).containsExactlyInAnyOrder("56", "53", "54");
        assertThat(texts(xml(get(FEED + "?limit=3")), "updated")).allSatisfy(
                updated -> assertThat(updated).isGreaterThan(before));
    }

    @Test
    void pagesWithoutGapOrRepetition() throws Exception {
        IntStream.range(60, 65).forEach(i -> policy.load(single("海民发〔2031〕" + i + "号", "第" + i + "份。")));
        List<String> paged = new ArrayList<>();
        String next = FEED + "?limit=2";
        for (int i = 0; next != null && i < 50; i++) {
            Document feed = xml(get(next));
            paged.addAll(texts(feed, "summary"));
            next = link(feed, "next");
        }
        assertThat(next).isNull();
        assertThat(paged).doesNotHaveDuplicates().isEqualTo(texts(xml(get(FEED + "?limit=100")), "summary"));
        assertThat(paged.subList(0, 5)).extracting(text -> text.substring(9, 11)).containsExactly("64", "63", "62",
                "61", "60");
    }

    @Test
    void givesWhatIsNewSinceAMomentAndAnEmptyFeedForTheFuture() throws Exception {
        policy.load(single("海民发〔2031〕70号", "之前。"));
        String last = texts(xml(get(FEED + "?limit=1")), "updated").getFirst();
        assertThat(texts(xml(get(FEED + "?since=" + last)), "summary").getFirst()).startsWith("海民发〔2031〕70号");
        Document none = xml(get(FEED + "?since=2099-01-01T00:00:00%2B08:00"));
        assertThat(none.getElementsByTagName("entry").getLength()).isZero();
        assertThat(texts(none, "updated")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/api/policy/v1/feed", "/api/policy/v1/bulk"})
    void sendsNothingTwiceUntilSomethingIsNew(String path) {
        policy.load(single("海民发〔2031〕71号", "旧的 " + path));
        String tag = tag(path);
        assertThat(tag).startsWith("\"").isEqualTo(tag(path));
        policy.reader.get().uri(path).header("If-None-Match", tag).exchange().expectStatus().isNotModified()
                .expectBody().isEmpty();
        policy.load(single("海民发〔2031〕72号", "新的 " + path));
        policy.reader.get().uri(path).header("If-None-Match", tag).exchange().expectStatus().isOk().expectHeader()
                .value("ETag", changed -> assertThat(changed).isNotEqualTo(tag));
    }

    @Test
    void downloadsEveryDocumentOnceWithAllItsArticles() {
        policy.load(single("海民发〔2031〕73号", "带\"引号\"和\\反斜杠。\n第二条 第二条。"));
        policy.load(single("海民发〔2031〕73号", "更正后带\"引号\"和\\反斜杠。\n第二条 第二条。"));
        EntityExchangeResult<byte[]> answer = policy.reader.get().uri(BULK).exchange().expectStatus().isOk()
                .expectHeader().contentType(MediaType.APPLICATION_NDJSON).expectBody().returnResult();
        List<JsonNode> lines = new String(answer.getResponseBody(), StandardCharsets.UTF_8).lines()
                .map(line -> Policy.json(line.getBytes(StandardCharsets.UTF_8))).toList();
        List<JsonNode> found = lines.stream().filter(line -> line.get("number").asString().equals("海民发〔2031〕73号"))
                .toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().get("version").asInt()).isEqualTo(2);
        JsonNode article = policy.get("/api/policy/v1/documents/by-number/海民发〔2031〕73号/articles/1");
        assertThat(found.getFirst().at("/articles/0/text")).isEqualTo(article.get("text"));
        assertThat(found.getFirst().get("articles")).hasSize(2);
        assertThat(lines).extracting(line -> line.get("id").asString()).doesNotHaveDuplicates();
    }

    @Test
    void tellsWhatEndedOrProlongedADocumentAndHasAnotherTagAfterwards() {
        policy.load(single("海民发〔2031〕76号", "本办法自2031年1月1日起施行。"));
        policy.load(single("海民发〔2031〕77号", "本办法自2031年1月1日起施行，有效期至2032年12月31日。"));
        String before = bulkTag();
        policy.load(single("海民发〔2031〕78号", "自2031年9月1日起，《关于海民发〔2031〕76号的通知》（海民发〔2031〕76号）废止。"));
        assertThat(bulkTag()).isNotEqualTo(before);
        JsonNode ended = line("海民发〔2031〕76号");
        assertThat(ended.get("repealedBy").asString()).contains("海民发〔2031〕78号");
        assertThat(ended.get("repealedSince").asString()).isEqualTo("2031-09-01");
        policy.load(single("海民发〔2031〕79号", "海民发〔2031〕77号有效期延长至2034年12月31日。"));
        JsonNode prolonged = line("海民发〔2031〕77号");
        assertThat(prolonged.get("validUntil").asString()).isEqualTo("2032-12-31");
        assertThat(prolonged.get("extendedBy").asString()).contains("海民发〔2031〕79号");
        assertThat(prolonged.get("extendedUntil").asString()).isEqualTo("2034-12-31");
        assertThat(prolonged.has("repealedBy")).isFalse();
    }

    private String bulkTag() {
        return Objects.requireNonNull(policy.reader.get().uri(BULK).exchange().expectStatus().isOk()
                .expectBody().returnResult().getResponseHeaders().getETag());
    }

    private JsonNode line(String number) {
        return new String(policy.reader.get().uri(BULK).exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody(), StandardCharsets.UTF_8).lines()
                .map(line -> Policy.json(line.getBytes(StandardCharsets.UTF_8)))
                .filter(line -> line.get("number").asString().equals(number)).findFirst().orElseThrow();
    }

    @Test
    void showsOneStateThroughoutWhateverIsStoredMeanwhile() {
        policy.load(single("海民发〔2031〕74号", "之前。"));
        List<String> lines = bulk.inOneState(state -> Mono
                .fromRunnable(() -> policy.load(single("海民发〔2031〕75号", "其间。"))).subscribeOn(Schedulers.boundedElastic())
                .then(Mono.defer(() -> bulk.lines().map(line -> new String(line, StandardCharsets.UTF_8))
                        .collectList())))
                .block(LONG);
        assertThat(lines.toString()).contains("海民发〔2031〕74号").doesNotContain("海民发〔2031〕75号");
    }

    /** For the database a query that is read bit by bit is one statement. */
    @Test
    void readsAsLongAsTheClientTakesAndOtherStatementsAreLimitedAsBefore() {
        assertThat(bulk.inOneState(state -> limit()).block(LONG)).isEqualTo("0");
        assertThat(limit().block(LONG)).isEqualTo("10s");
    }

    private Mono<String> limit() {
        return database.sql("SHOW statement_timeout").map(row -> row.get(0, String.class)).one();
    }

    @Test
    void cutsOffAClientThatStopsReadingAndGivesItsPlaceToTheNext() {
        IntStream.range(80, 83).forEach(i -> policy.load(single("海民发〔2031〕" + i + "号", "第" + i + "份。")));
        List<Mono<Void>> stalled = IntStream.range(0, 2).mapToObj(i -> bulk.inOneState(state -> Mono
                .<Void>create(sink -> bulk.lines().subscribe(new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                        subscription.request(1);
                    }

                    @Override
                    protected void hookOnError(Throwable error) {
                        sink.error(error);
                    }
                }))).cache()).toList();
        stalled.forEach(one -> one.subscribe(nothing -> {
        }, expected -> {
        }));
        assertThatThrownBy(() -> bulk.inOneState(Mono::just).block(LONG)).isInstanceOf(ProblemException.class);
        policy.reader.get().uri(BULK).exchange().expectStatus().isEqualTo(503).expectBody().jsonPath("$.code")
                .isEqualTo("bulk-busy");
        stalled.forEach(one -> assertThatThrownBy(() -> one.block(LONG)).hasCauseInstanceOf(TimeoutException.class));
        policy.reader.get().uri(BULK).exchange().expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({FEED + "?since=yesterday,validation-failed", FEED + "?limit=0,validation-failed",
            FEED + "?cursor=forged,invalid-cursor"})
    void saysClearlyWhatIsWrong(String path, String code) {
        policy.reader.get().uri(path).exchange().expectStatus().isBadRequest().expectBody().jsonPath("$.code")
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({FEED, BULK})
    void answersNobodyWithoutTheScope(String path) {
        Apis.client(port).get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    private byte[] get(String path) {
        return policy.reader.get().uri(java.net.URI.create("http://localhost:" + port + path)).exchange()
                .expectStatus().isOk().expectHeader().contentType("application/atom+xml;charset=UTF-8").expectBody()
                .returnResult().getResponseBody();
    }

    private String tag(String path) {
        return String.valueOf(policy.reader.get().uri(path).exchange().expectStatus().isOk().expectBody()
                .returnResult().getResponseHeaders().getETag());
    }

    private static Document xml(byte[] body) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
    }

    private static String link(Document feed, String rel) {
        return IntStream.range(0, feed.getElementsByTagName("link").getLength())
                .mapToObj(i -> (Element) feed.getElementsByTagName("link").item(i))
                .filter(link -> link.getAttribute("rel").equals(rel)).map(link -> link.getAttribute("href"))
                .findFirst().orElse(null);
    }

    private static List<String> texts(Document feed, String element) {
        return IntStream.range(0, feed.getElementsByTagName(element).getLength())
                .mapToObj(i -> feed.getElementsByTagName(element).item(i).getTextContent()).toList();
    }

    private static String single(String number, String rule) {
        return "海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 " + rule + "\n海岚市民政局\n2031年5月1日\n";
    }
}
