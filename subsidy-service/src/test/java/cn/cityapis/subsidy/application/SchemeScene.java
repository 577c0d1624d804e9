package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.catalogue.StoredCases;
import java.time.LocalDate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Schemes that are published for one test, each under a name of its own. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-exclusions"})
abstract class SchemeScene extends ApplicationScene {

    static final String ALLOWANCE = "talent-living-allowance";

    @Autowired
    private ApplicationContext service;

    /** The living allowance once more, under another name. */
    static String document(String id, int version, String more) {
        return ShippedSchemes.allowance(id).replace("version: 1\n", "version: " + version + "\n") + more;
    }

    Api rules(String subject) {
        return Api.as(port, Tokens.operator(subject, "371000", "city").scopes("subsidy.read", "subsidy.admin").token());
    }

    void publish(String document, LocalDate from) {
        String body = Api.JSON.writeValueAsString(Api.JSON.createObjectNode().put("document", document)
                .put("effectiveFrom", from.toString()).put("reason", "试验"));
        Answer proposed = rules("proposer").post("/scheme-proposals", body).is(201);
        StoredCases.compare(service);
        rules("approver").post("/scheme-proposals/" + proposed.text("/id") + "/approvals", null, proposed).is(200);
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    Answer draft(String scheme) {
        return citizen.post("/applications", Api.newApplication(idNumber).replace(ALLOWANCE, scheme)).is(201);
    }

    Answer submit(Answer draft) {
        return citizen.post(path(draft) + "/submissions", null, draft);
    }

    static void isRefusedFor(Answer other, Answer refused) {
        refused.is(409, "duplicate-application");
        assertThat(refused.text("/otherApplicationId")).isEqualTo(other.text("/id"));
        assertThat(refused.text("/detail")).contains("互斥").contains(other.text("/id"));
    }
}
