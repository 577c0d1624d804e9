package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** In one test, as a book that follows stays for good. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-replaced-books", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("第三十条: a replaced book stays for what was handed in under it")
class ReplacedBookApiTest extends DatedScene {

    private static final String OLD = "威民发〔2023〕17号";
    private static final String NEW = "威民发〔2026〕9号";
    private static final List<String> ARTICLES = List.of("APPLICATION_FORM", "APPLICANT_ID_CARD",
            "APPLICANT_HOUSEHOLD_REGISTER");

    @Autowired
    private DatabaseClient database;

    ReplacedBookApiTest() {
        super("citizen-of-two-books", "2026-11-25T02:00:00Z");
    }

    /** Somebody born in 1964: old enough under the one, not under the other. */
    private String draft(int sequence) {
        return walk.complete(citizen, Fixtures.idNumber(1964, sequence), List.of(Walk.HOME_1));
    }

    private String text(String sql) {
        return database.sql(sql).mapValue(String.class).one().block();
    }

    @Test
    void eachIsJudgedByTheBookOfItsDay() throws Exception {
        String handedIn = draft(601);
        assertThat(walk.submit(citizen, handedIn).text("/state")).isEqualTo("SUBMITTED");
        Map<String, Object> form = Walk.form(Fixtures.idNumber(1964, 602), List.of(Walk.HOME_1));
        String incomplete = walk.post(citizen, "/applications", form, null).text("/id");
        assertThat(walk.submit(citizen, incomplete).text("/state")).isEqualTo("INCOMPLETE");
        String draft = draft(603);
        HomeScene scene = new HomeScene(port, database);
        scene.waiting(walk.citizen("waits-under-the-old-one"), Fixtures.idNumber(1940, 606), 52);

        overlappingAndIncompleteIsRefusedWithAllThatIsWrong();
        replacedOnceThoughTwoAsk();
        assertThat(walk.get(walk.app, "/rule-books/current").text("/ruleBook/number")).isEqualTo(OLD);
        assertThat(walk.get(walk.app, "/rule-books/current").text("/ruleBook/replacedFrom")).isEqualTo("2026-12-01");
        assertThat(walk.post(walk.city, "/rule-books/current/extensions",
                Map.of("extendedTo", "2026-12-01", "decidedOn", "2026-11-25", "basis", "x"), null)
                .text("/errors/0/pointer")).as("it ends the day before").isEqualTo("/extendedTo");

        clock.moveTo(Instant.parse("2026-11-30T15:59:59Z"));
        assertThat(walk.submit(citizen, draft(604)).text("/ruleBook/number")).isEqualTo(OLD);
        clock.moveTo(Instant.parse("2026-11-30T16:00:00Z"));
        assertThat(walk.get(walk.app, "/rule-books/current").text("/ruleBook/number")).isEqualTo(NEW);
        underTheOldOne(handedIn, incomplete);
        offeredUnderTheOldOne(scene);
        underTheNewOne(draft);
    }

    private void overlappingAndIncompleteIsRefusedWithAllThatIsWrong() {
        Map<String, Object> book = Fixtures.book(OLD, "2026-11-25", "2026-11-24");
        book.remove("basis");
        book.put("articles", Map.of("5", 6));
        Walk.Answer refused = walk.post(walk.city, "/rule-books", book, null);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.texts("/errors", "pointer")).contains("/number", "/inForceFrom", "/inForceTo", "/basis",
                "/articles/13").hasSize(4 + 27);
        assertThat(refused.body().at("/errors").toString()).contains("最早自 2026-11-26 起施行");
    }

    private void replacedOnceThoughTwoAsk() throws Exception {
        Map<String, Object> other = Fixtures.book("威民发〔2026〕10号", "2026-12-01", "2031-12-31");
        walk.twice(walk.city, "/rule-books", Fixtures.book(NEW, "2026-12-01", "2031-12-31"), null, other);
        Callable<Walk.Answer> again = () -> walk.post(walk.city, "/rule-books", other, null);
        assertThat(HomeScene.together(List.of(again, again))).containsOnly(400);
        assertThat(walk.get(walk.app, "/rule-books").body().at("/items").size()).isEqualTo(2);
        assertThat(text("select details ->> 'replaces' from audit_entry where action = 'rule-book.replace'"))
                .isEqualTo("2023-17");
        assertThat(text("select subject from outbox where type = 'eldercare.rule-book.replaced'"))
                .isEqualTo("rule-books/2023-17");
        assertThatThrownBy(() -> database.sql("update rule_book set in_force_to = '2099-12-31'").then().block())
                .hasStackTraceContaining("append-only");
    }

    private void underTheOldOne(String handedIn, String incomplete) {
        Walk.Answer qualified = walk.qualify(handedIn);
        assertThat(qualified.text("/state")).isEqualTo("QUALIFIED");
        assertThat(qualified.text("/ruleBook/number")).isEqualTo(OLD);
        assertThat(qualified.text("/ruleBook/status")).isEqualTo("EXPIRED");
        assertThat(qualified.text("/ruleBook/replacedFrom")).isEqualTo("2026-12-01");
        assertThat(qualified.body().at("/decisions").toString()).doesNotContain(NEW);
        assertThat(qualified.text("/decisions/1/basis/0/document")).isEqualTo(OLD);
        Walk.Answer assessed = walk.assess(handedIn, 52);
        assertThat(lastDay(assessed, "/application", "OBJECTION")).as("5 working days").isEqualTo("2026-12-08");
        for (String kind : ARTICLES) {
            walk.upload(citizen, incomplete, kind, "%PDF-1.4".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "application/pdf");
        }
        assertThat(walk.submit(citizen, incomplete).text("/state")).as("still old enough").isEqualTo("SUBMITTED");
        assertThat(walk.get(citizen, "/applications/" + incomplete).text("/ruleBook/number")).isEqualTo(OLD);
    }

    private void offeredUnderTheOldOne(HomeScene scene) {
        String id = scene.addBed(scene.type("NURSING", 1, "MODERATE"), "1", false).text("/offerId");
        Walk.Answer offer = walk.get(scene.operator, "/offers/" + id);
        assertThat(offer.text("/moveInBy")).as("5 working days").isEqualTo("2026-12-08");
        assertThat(offer.text("/ruleBook/number")).isEqualTo(OLD);
        assertThat(offer.text("/basis/0/document")).isEqualTo(OLD);
    }

    private void underTheNewOne(String draft) {
        Walk.Answer tooYoung = walk.submit(citizen, draft);
        assertThat(tooYoung.text("/state")).isEqualTo("INCOMPLETE");
        assertThat(tooYoung.text("/ruleBook/number")).isEqualTo(NEW);
        assertThat(walk.get(citizen, "/applications/" + draft).text("/ruleBook/number")).isEqualTo(NEW);
        assertThat(tooYoung.text("/missing/0/basis/document")).isEqualTo(NEW);
        assertThat(tooYoung.text("/missing/0/basis/article")).as("第五条 is its 第十条").isEqualTo("10");
        String older = walk.complete(citizen, Fixtures.idNumber(1940, 605), List.of(Walk.HOME_1));
        Walk.Answer taken = walk.submit(citizen, older);
        assertThat(taken.text("/state")).isEqualTo("SUBMITTED");
        assertThat(lastDay(taken, "", "REVIEW")).as("10 working days").isEqualTo("2026-12-15");
        assertThat(taken.text("/decisions/0/basis/0/article")).isEqualTo("18");
        assertThat(taken.text("/channel/basis/0/document")).isEqualTo(NEW);
        assertThat(text("select rule_book_id from decision where application_id = '" + older + "'"))
                .isEqualTo(walk.get(walk.app, "/rule-books").text("/items/0/id"));
        Function<String, String> book = path -> walk.get(walk.app, path).text("/ruleBook/number");
        assertThat(book.apply("/homes/" + Walk.HOME_1)).isEqualTo(NEW);
    }

    private static String lastDay(Walk.Answer answer, String at, String kind) {
        return Stream.iterate(0, i -> answer.body().at(at + "/deadlines/" + i).isObject(), i -> i + 1)
                .map(i -> answer.body().at(at + "/deadlines/" + i))
                .filter(each -> each.path("kind").asString().equals(kind))
                .map(each -> each.path("lastDay").asString()).findFirst().orElse("");
    }
}
