package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers on which a scheme overflows: the others are answered, and who applies is told so. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-beyond-range"})
class BeyondRangeApiTest extends SchemeScene {

    private static final String FACTS = """
            {"birthDate": "1994-05-02", "educationLevel": "other", "engagement": "employed-full-time",
             "engagementStart": "2026-11-16", "employerKind": "company", "served": 999999999}""";

    /** Matters to nobody who has a degree, and overflows for who has none and served long. */
    private static String overflowing() {
        return document("overflowing", 1, "").replace("  - {id: professionalPost,",
                "  - {id: served, type: integer, label: 服务年数, question: 服务了几年？, source: 单位证明}\n"
                        + "  - {id: professionalPost,")
                .replace("  periodic:\n", "    - {id: service, label: 服务年数, otherwise: 服务年数不足,"
                        + " citation: {source: report-2019}, expression: 'educationLevel != \"other\" ||"
                        + " served * 1000000000000 > 5'}\n  periodic:\n");
    }

    private static List<String> schemes(Answer answer, String list) {
        return answer.body().at(list).valueStream().map(each -> each.path("schemeId").asString()).toList();
    }

    @Test
    void aSchemeThatOverflowsKeepsTheOthersFromNobody() {
        publish(overflowing(), today());
        Answer answer = citizen.post("/entitlements", "{\"facts\": " + FACTS + "}").is(200);
        assertThat(schemes(answer, "/notComputed")).containsExactly("overflowing");
        assertThat(answer.text("/notComputed/0/code")).isEqualTo("beyond-range");
        assertThat(schemes(answer, "/outcomes")).contains(ALLOWANCE).doesNotContain("overflowing");

        Answer draft = draft("overflowing");
        Answer told = citizen.put(path(draft), Api.completeDraft(idNumber).replace(Api.DOCTOR_FACTS, FACTS),
                draft.etag()).is(200);
        submit(told).is(422, "amount-beyond-range");
    }
}
