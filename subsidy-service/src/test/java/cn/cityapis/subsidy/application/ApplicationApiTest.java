package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** The citizen's side: drafts, submissions, lists, and what others see of them. */
class ApplicationApiTest extends ApplicationScene {

    @Test
    void aDraftNamesAllThatIsWrongAtOnce() {
        Answer refused = citizen.post("/applications", """
                {"schemeId": "talent-living-allowance", "areaCode": "110101",
                 "applicant": {"phone": "12", "bankAccount": "x"},
                 "facts": {"educationLevel": "professor", "birthDate": 5, "height": 180, "fullTimeStudy": "yes"}}""")
                .is(400, "validation-failed");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/areaCode", "/applicant/phone",
                "/applicant/bankAccount", "/facts/educationLevel", "/facts/birthDate", "/facts/height",
                "/facts/fullTimeStudy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | 400 | validation-failed", "[] | 400 | validation-failed",
            "{\"schemeId\": 5, \"facts\": [] } | 400 | validation-failed",
            "{\"schemeId\": \"nothing\"} | 400 | validation-failed",
            "{\"schemeId\": \"talent-living-allowance\", \"more\": 1} | 400 | validation-failed",
            "{ | 400 | malformed-json",
            "{\"schemeId\": \"talent-insurance-rd\"} | 409 | scheme-closed"})
    void badDraftsAreRefused(String body, int status, String code) {
        citizen.post("/applications", body).is(status, code);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        citizen.post("/applications", "{\"schemeId\": \"talent-living-allowance\", \"applicant\": {\"name\": \""
                + "长".repeat(51) + "\"}}").is(400, "validation-failed");
        citizen.post("/applications", "{\"schemeId\": \"" + "x".repeat(2_000_000) + "\"}").is(413, "body-too-large");
    }

    @Test
    void theSameKeyCreatesOnce() {
        String key = UUID.randomUUID().toString();
        Answer first = citizen.send(HttpMethod.POST, "/applications", Api.newApplication(idNumber), null, key).is(201);
        Answer again = citizen.send(HttpMethod.POST, "/applications", Api.newApplication(idNumber), null, key).is(201);
        assertThat(again.replayed()).isTrue();
        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
        citizen.send(HttpMethod.POST, "/applications", "{\"schemeId\": \"talent-living-allowance\"}", null, key)
                .is(422, "idempotency-key-reused");
        citizen.send(HttpMethod.POST, "/applications", "{\"schemeId\": \"talent-insurance-rd\"}", null, key)
                .is(422, "idempotency-key-reused");
        citizen.send(HttpMethod.POST, "/applications", Api.newApplication(idNumber), null, null)
                .is(400, "idempotency-key-missing");
    }

    @Test
    void changingCallsNameTheVersionTheySaw() {
        Answer draft = draft();
        citizen.put(path(draft), Api.completeDraft(idNumber), null).is(428, "if-match-missing");
        citizen.put(path(draft), Api.completeDraft(idNumber), "\"9\"").is(412, "stale");
        citizen.put(path(draft), "{\"facts\": {\"x\": 1}}", draft.etag()).is(400, "validation-failed");
        citizen.post(path(draft) + "/submissions", null).is(428, "if-match-missing");
        Answer changed = citizen.put(path(draft), Api.completeDraft(idNumber), draft.etag()).is(200);
        citizen.post(path(draft) + "/submissions", null, draft).is(412, "stale");
        citizen.post(path(draft) + "/submissions", null, changed).is(200);
    }

    @Test
    void othersDoNotSeeIt() {
        Answer draft = draft();
        Api other = Api.as(port, People.citizen("somebody-else"));
        other.get(path(draft)).is(404, "not-found");
        other.get(path(draft) + "/statement").is(404, "not-found");
        other.put(path(draft), "{}", draft.etag()).is(404, "not-found");
        other.post(path(draft) + "/submissions", null, draft).is(404, "not-found");
        district().get(path(draft)).is(404, "not-found");
        city().post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", draft).is(404, "not-found");
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        Api otherDistrict = Api.as(port, People.district("371003"));
        otherDistrict.get(path(draft)).is(404, "not-found");
        otherDistrict.get(path(draft) + "/applicant").is(404, "not-found");
        otherDistrict.post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(404, "not-found");
        otherDistrict.post(path(draft) + "/fact-changes",
                "{\"from\": \"2026-12-01\", \"facts\": {\"engagement\": \"none\"}}",
                submitted).is(404, "not-found");
        district().get(path(draft)).is(200);
        assertThat(other.get("/applications").is(200).body().at("/items").size()).isZero();
        assertThat(citizen.get("/applications?state=first-review").is(200).body().at("/items").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "PUT, ''", "GET, /statement", "GET, /applicant", "POST, /submissions", "POST, /reviews",
            "POST, /fact-changes"})
    void unknownAndMalformedIds(HttpMethod method, String rest) {
        Api caller = rest.matches("/(reviews|fact-changes|applicant)") ? city() : citizen;
        String body = switch (rest) {
            case "/reviews" -> "{\"decision\": \"pass\"}";
            case "/fact-changes" -> "{\"from\": \"2026-12-01\", \"facts\": {\"engagement\": \"none\"}}";
            default -> method == HttpMethod.PUT ? "{}" : null;
        };
        String key = UUID.randomUUID().toString();
        caller.send(method, "/applications/" + UUID.randomUUID() + rest, body, "\"1\"", key).is(404, "not-found");
        caller.send(method, "/applications/abc" + rest, body, "\"1\"", key).is(400, "validation-failed");
    }

    @Test
    void badListsAreRefused() {
        citizen.get("/applications?limit=0").is(400);
        citizen.get("/applications?limit=101").is(400);
        citizen.get("/applications?limit=x").is(400);
        citizen.get("/applications?cursor=x").is(400, "invalid-cursor");
        citizen.get("/applications?state=x").is(400, "validation-failed");
    }

    @Test
    void pagesThroughItsApplications() {
        List<String> made = IntStream.range(0, 3).mapToObj(n -> draft().text("/id")).toList();
        Answer first = citizen.get("/applications?limit=2").is(200);
        Answer second = citizen.get("/applications?limit=2&cursor=" + first.text("/nextCursor")).is(200);
        assertThat(List.of(first.text("/items/0/id"), first.text("/items/1/id"), second.text("/items/0/id")))
                .isEqualTo(made);
        assertThat(second.body().has("nextCursor")).isFalse();
    }

    @Test
    void whoIsNotEntitledIsToldWhyWithTheSource() {
        Answer draft = citizen.post("/applications", Api.newApplication(idNumber).replace("\"company\"", "\"other\"")
                .replace("{\"birthDate\"", "{\"professionalPost\": true, \"birthDate\"")).is(201);
        Answer refused = citizen.post(path(draft) + "/submissions", null, draft).is(422, "not-entitled");
        assertThat(refused.pointers()).containsExactly("/conditions/workplace");
        assertThat(refused.text("/errors/0/detail")).contains("2019");
    }

    @Test
    void anIdNumberThatIsNotOneOrContradictsTheFactsIsNamed() {
        Answer draft = citizen.post("/applications", Api.newApplication("371002199405020011")).is(201);
        assertThat(citizen.post(path(draft) + "/submissions", null, draft).is(422, "application-incomplete").pointers())
                .containsExactly("/applicant/idNumber");
        Answer other = citizen.post("/applications", Api.newApplication(People.idNumber("19940503", 1))).is(201);
        assertThat(citizen.post(path(other) + "/submissions", null, other).is(422, "application-incomplete").pointers())
                .containsExactly("/facts/birthDate");
    }

    @Test
    void ofManySimultaneousSubmissionsOneWins() {
        List<Answer> drafts = IntStream.range(0, 6).mapToObj(n -> draft()).toList();
        // threads of their own: the common pool has one on a small machine, which would make them come one by one
        List<Answer> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(drafts.size())) {
            answers = drafts.stream()
                    .map(draft -> CompletableFuture
                            .supplyAsync(() -> citizen.post(path(draft) + "/submissions", null, draft), threads))
                    .toList().stream().map(CompletableFuture::join).toList();
        }
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.code().equals("duplicate-application"))).hasSize(5);
    }
}
