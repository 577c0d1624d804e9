package cn.cityapis.eldercare.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

@ServiceTest(properties = {"demo.data=true", "eldercare.jobs.notices-every=PT1H", "test.database=of-notices"})
@DisplayName("第二十七条: the queue is made public each month, without telling who, how able or how poor")
class PublicNoticeApiTest {

    private static final String NOTICES = "/homes/" + Walk.HOME_1 + "/notices";
    private static final String ID_NUMBER = Fixtures.idNumber(1941, 271);

    private static final AtomicInteger MONTHS = new AtomicInteger();

    @LocalServerPort
    private int port;
    @Autowired
    private PublishNotices publish;
    @Autowired
    private DatabaseClient database;
    @Autowired
    private DevelopmentClock clock;

    private Walk walk;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
    }

    /** Months only go on, whichever test runs first. */
    private String nextMonth() {
        YearMonth month = YearMonth.of(2027, 1).plusMonths(MONTHS.getAndIncrement());
        clock.moveTo(month.atDay(3).atTime(9, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        return month.toString();
    }

    private String published() {
        String month = nextMonth();
        publish.publishDue().block();
        return month;
    }

    private EntityExchangeResult<byte[]> file(String month, String kind) {
        return walk.app.get().uri(Walk.API + NOTICES + "/" + month + "/" + kind).exchange().expectStatus().isOk()
                .expectBody().returnResult();
    }

    private String csv(String month) {
        return new String(file(month, "csv").getResponseBody(), StandardCharsets.UTF_8);
    }

    @Test
    void aMonthIsPublishedOnceHoweverManyReplicasTry() {
        String month = nextMonth();
        Stream.generate(() -> CompletableFuture.runAsync(() -> publish.publishDue().block())).limit(4).toList()
                .forEach(CompletableFuture::join);
        publish.publishDue().block();
        assertThat(count("select count(*) from public_notice where month = '" + month + "'")).isEqualTo(12);
        Walk.Answer notice = walk.get(walk.app, NOTICES + "/" + month + "?limit=100");
        assertThat(notice.body().at("/notice/lineCount").asInt()).isEqualTo(notice.body().at("/items").size());
        assertThat(notice.body().at("/items").size()).isPositive();
        assertThat(notice.text("/basis/link")).endsWith("/articles/27");
        assertThat(walk.get(walk.app, NOTICES).texts("/items", "month")).contains(month);
    }

    @Test
    @DisplayName("第二十七条: a service that runs on publishes the next month, too: the scheduler calls the job once and subscribes each time")
    void whoRunsOnPublishesTheNextMonthToo() {
        Mono<Void> job = publish.publishDue();
        String month = nextMonth();
        job.block();
        String next = nextMonth();
        job.block();
        assertThat(count("select count(*) from public_notice where month = '" + month + "'")).isPositive();
        assertThat(count("select count(*) from public_notice where month = '" + next + "'")).isPositive();
    }

    @Test
    void theFileIsWhatTheDigestIsTakenOf() throws Exception {
        String month = published();
        Walk.Answer notice = walk.get(walk.app, NOTICES + "/" + month + "?limit=100");
        EntityExchangeResult<byte[]> file = file(month, "csv");
        assertThat(file.getResponseHeaders().getFirst(HttpHeaders.CONTENT_DISPOSITION))
                .contains("demo-home-1-" + month + ".csv");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.getResponseBody())))
                .isEqualTo(notice.text("/notice/digest"));
        assertThat(csv(month).lines().skip(2).map(line -> line.split(",")[1]))
                .containsExactlyElementsOf(notice.texts("/items", "queueNumber"));
    }

    @Test
    void theQueueGoesOnButTheNoticeStays() {
        String month = published();
        String before = csv(month);
        walk.waiting(walk.citizen("later"), Fixtures.idNumber(1942, 272));
        publish.publishDue().block();
        assertThat(csv(month)).isEqualTo(before);
        for (String change : List.of("update public_notice set line_count = 0", "delete from public_notice",
                "update public_notice_line set name = '李*'", "delete from public_notice_line")) {
            assertThatThrownBy(() -> database.sql(change).then().block()).hasMessageContaining("append-only");
        }
        assertThat(csv(published()).lines().count()).isEqualTo(before.lines().count() + 1);
    }

    @Test
    void aLaterChangeShowsInTheChain() {
        String first = published();
        String second = published();
        String third = published();
        String digest = walk.get(walk.app, NOTICES + "/" + first).text("/notice/digest");
        assertThat(walk.get(walk.app, NOTICES + "/" + second).text("/notice/previousDigest")).isEqualTo(digest);
        Walk.Answer intact = walk.get(walk.city, NOTICES + "/check");
        assertThat(intact.body().at("/intact").asBoolean()).isTrue();
        assertThat(intact.body().at("/checked").asInt()).isGreaterThanOrEqualTo(3);
        tamper("update public_notice_line set name = '王*' where month = '" + second + "' and place = 1 and home_id = '"
                + Walk.HOME_1 + "'");
        assertThat(walk.get(walk.city, NOTICES + "/check").body().at("/broken").toString())
                .isEqualTo("[\"" + second + "\"]");
        // whoever mends the digest as well breaks the month after
        tamper("update public_notice set digest = repeat('0', 64) where month = '" + second + "' and home_id = '"
                + Walk.HOME_1 + "'");
        assertThat(walk.get(walk.city, NOTICES + "/check").body().at("/broken").toString()).contains(third);
    }

    /** As only somebody with the database's own rights can. */
    private void tamper(String change) {
        for (String sql : List.of("alter table public_notice disable trigger user",
                "alter table public_notice_line disable trigger user", change,
                "alter table public_notice enable trigger user",
                "alter table public_notice_line enable trigger user")) {
            database.sql(sql).then().block();
        }
    }

    @Test
    void onlyTheApplicantFindsHisLine() {
        WebTestClient citizen = walk.citizen("own-line");
        String id = walk.waiting(citizen, ID_NUMBER);
        Walk.Answer codes = walk.get(citizen, "/applications/" + id + "/notice-codes");
        String code = codes.text("/0/code");
        assertThat(code).matches("[0-9A-F]{12}");
        String month = published();
        Walk.Answer own = walk.get(walk.app, NOTICES + "/" + month + "/line?code=" + code);
        assertThat(own.body().at("/queueNumber").asInt()).isEqualTo(codes.body().at("/0/queueNumber").asInt());
        assertThat(csv(month)).doesNotContain(code);
        assertThat(walk.get(walk.app, NOTICES + "/" + published() + "/line?code=" + code).text("/mark"))
                .isNotEqualTo(own.text("/mark"));
        assertThat(walk.get(walk.app, NOTICES + "/" + month + "/line?code=000000000000").status()).isEqualTo(404);
        assertThat(walk.get(walk.app, NOTICES + "/" + month + "/line?code=x").status()).isEqualTo(400);
        assertThat(walk.get(walk.citizen("somebody-else"), "/applications/" + id + "/notice-codes").status())
                .isEqualTo(404);
        assertThat(walk.get(walk.operator, "/applications/" + id + "/notice-codes").status()).isEqualTo(403);
    }

    /** Whoever knows a neighbour's birthday and address finds nothing to check his guess against. */
    @Test
    void nothingTellsWhoHowAbleOrHowPoor() {
        String id = walk.waiting(walk.citizen("neighbour"), Fixtures.idNumber(1939, 273));
        String month = published();
        String number = Fixtures.idNumber(1939, 273);
        for (String published : List.of(csv(month), walk.get(walk.app, NOTICES + "/" + month + "?limit=100").body()
                .toString(), new String(file(month, "page").getResponseBody(), StandardCharsets.UTF_8))) {
            assertThat(published).contains("张*").doesNotContain("张桂兰", id, number, "MODERATE", "中度", "LOW_INCOME",
                    "低保");
            // marks and digests are drawn or computed: any few digits may stand in them
            String told = published.replaceAll("\\b(?=[0-9]*[a-f])[0-9a-f]{16,64}\\b", "");
            assertThat(told).doesNotContain("1939").hasSizeLessThan(published.length());
            for (int digits = 0; digits + 6 <= number.length(); digits++) {
                assertThat(told).doesNotContain(number.substring(digits, digits + 6));
            }
        }
    }

    @Test
    void theNoticePrintsAsAPage() {
        String page = new String(file(published(), "page").getResponseBody(), StandardCharsets.UTF_8);
        assertThat(page).contains("size:A4", "第二十七条", "<td>1</td>", "SHA-256").endsWith("</html>\n");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(walk.get(walk.app, NOTICES + "/2019-01").status()).isEqualTo(404);
        assertThat(walk.get(walk.app, NOTICES + "/2019-13").status()).isEqualTo(400);
        assertThat(walk.get(walk.app, NOTICES + "/2019-01/csv").status()).isEqualTo(404);
        assertThat(walk.get(walk.app, "/homes/" + ID_NUMBER + "/notices").status()).isEqualTo(400);
        assertThat(walk.get(walk.operator, NOTICES + "/check").status()).isEqualTo(403);
    }

    private long count(String sql) {
        return database.sql(sql).mapValue(Long.class).one().block();
    }
}
