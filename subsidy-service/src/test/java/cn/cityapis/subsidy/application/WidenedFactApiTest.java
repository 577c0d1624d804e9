package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A later version may ask for a fact within other bounds: nothing that was told is lost, nothing beyond them is decided. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-widened-facts"})
class WidenedFactApiTest extends SchemeScene {

    /** Matters to nobody who has a degree. */
    private static final String CONDITION = """
                - id: service
                  label: 服务年数
                  expression: educationLevel != "other" || %s > 5
                  otherwise: 服务年数不足
                  citation: {source: report-2019}
            """;

    @Autowired
    private DatabaseClient database;

    /** Each scheme asks for a fact of its own: facts are one vocabulary, and the other test's range would do as well. */
    private static String document(String id, int version, long most) {
        return document(id, version, "").replace("  - {id: professionalPost,", "  - {id: " + id
                + "Years, type: integer, label: 服务年数, question: 服务了几年？, source: 单位证明, min: 0, max: " + most
                + "}\n  - {id: professionalPost,")
                .replace("  periodic:\n", CONDITION.formatted(id + "Years") + "  periodic:\n");
    }

    private String told(String fact, long years) {
        return Api.completeDraft(idNumber).replace("\"doctor\"", "\"doctor\", \"" + fact + "\": " + years);
    }

    private String storedFacts(Answer application) {
        return database.sql("SELECT facts::text FROM application_facts WHERE application_id = :id")
                .bind("id", UUID.fromString(application.text("/id"))).mapValue(String.class).one().block();
    }

    @Test
    void whatAWiderVersionTakesIsKept() {
        publish(document("wider", 1, 5), today());
        Answer draft = draft("wider");
        assertThat(
                citizen.put(path(draft), told("widerYears", 6), draft.etag()).is(400, "validation-failed").pointers())
                .containsExactly("/facts/widerYears");
        publish(document("wider", 2, 50), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        Answer wide = citizen.put(path(draft), told("widerYears", 40), draft.etag()).is(200);
        assertThat(wide.number("/facts/widerYears")).isEqualTo(40);
        Answer submitted = submit(wide).is(200);
        assertThat(submitted.number("/facts/widerYears")).isEqualTo(40);
        assertThat(storedFacts(submitted)).contains("\"widerYears\": 40");
    }

    @Test
    void whatANarrowerVersionDoesNotTakeIsNamedWhenItDecides() {
        publish(document("narrower", 1, 50), today());
        Answer draft = draft("narrower");
        Answer told = citizen.put(path(draft), told("narrowerYears", 40), draft.etag()).is(200);
        publish(document("narrower", 2, 10), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        assertThat(submit(told).is(422, "application-incomplete").pointers()).containsExactly("/facts/narrowerYears");
    }
}
