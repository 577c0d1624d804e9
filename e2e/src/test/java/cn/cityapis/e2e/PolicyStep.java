package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Api.Answer;
import cn.cityapis.stack.demo.DemoIdentity;
import java.time.Duration;
import java.time.Instant;

/** Step 2: who pays for the ability assessment, and is that rule still in force? */
final class PolicyStep {

    private static final String API = "/api/policy/v1";
    private static final Duration INDEXING = Duration.ofSeconds(60);

    private final Api app;

    PolicyStep(Callers callers) {
        this.app = callers.as(DemoIdentity.APP);
    }

    void findsTheArticleThatSaysWhoPays() {
        Answer found = search("老年人能力评估费用");
        assertThat(found.text("items.0.number")).isEqualTo("威民发〔2023〕17号");
        assertThat(found.text("items.0.status")).isEqualTo("expired");
        assertThat(found.text("items.0.validUntil")).isEqualTo("2024-12-31");
        assertThat(found.text("items.0.statusText")).contains("已失效").contains("2024年12月31日");
        assertThat(found.text("items.0.sourceKind")).isEqualTo("digest");
        assertThat(found.text("items.0.articles.0.key")).isEqualTo("19");
        assertThat(found.text("items.0.articles.0.snippet")).contains("<em>").contains("申请人");
        readsItByItsLink(found.text("items.0.articles.0.permalink"));
    }

    private void readsItByItsLink(String permalink) {
        Answer article = app.get(permalink.contains("%") ? permalink : encoded(permalink)).expect(200);
        assertThat(article.text("documentNumber")).isEqualTo("威民发〔2023〕17号");
        assertThat(article.text("text")).contains("评估");
        assertThat(article.text("status")).isEqualTo("expired");
    }

    void sawItInForceInTheMiddleOf2024() {
        Answer then = app.get(encoded(API + "/documents/by-number/威民发[2023]17/articles/19") + "?on=2024-06-30")
                .expect(200);
        assertThat(then.text("status")).isEqualTo("in-force");
    }

    void anUnknownNumberIsAProblemInChinese() {
        app.get(encoded(API + "/documents/by-number/威民发〔1900〕1号")).expect(404);
    }

    /** Whatever the other services cite can be read, to the article. */
    void everyCitationLeadsToItsArticle(Citations citations) {
        app.get("/api/subsidy/v1/schemes?limit=100").expect(200).at("items").forEach(
                scheme -> citations.noteScheme(
                        app.get("/api/subsidy/v1/schemes/" + scheme.path("id").asString()).expect(200).body()));
        app.get("/api/eldercare/v1/rule-books/current").expect(200);
        citations.cite("威民发〔2023〕17号", 5);
        citations.cite("威金监发〔2023〕25号", 9);
        assertThat(citations.broken(app)).as("broken citations").isEmpty();
    }

    /** The index fills in the first seconds after a start. */
    private Answer search(String words) {
        Instant patience = Instant.now().plus(INDEXING);
        Answer found = app.get(API + "/documents?q=" + Api.encoded(words));
        while (found.text("items.0.number").isEmpty() && Instant.now().isBefore(patience)) {
            pause();
            found = app.get(API + "/documents?q=" + Api.encoded(words));
        }
        return found.expect(200);
    }

    /** A path as a client would send it: everything but the separators percent-encoded. */
    private static String encoded(String path) {
        return Api.encoded(path).replace("%2F", "/").replace("+", "%20");
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
