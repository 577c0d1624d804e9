package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Api.Answer;
import cn.cityapis.stack.demo.DemoIdentity;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Steps 3 and 4: from the list of homes to the day of moving in. */
final class EldercareSteps {

    private static final String API = "/api/eldercare/v1";
    private static final String HOME = "00000000-0000-7000-8000-000000000001";
    private static final String NUMBER = "379999194803156027";
    private static final byte[] PDF = "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII);
    private static final String COMPLETE = """
            {"filedBy":"APPLICANT","applicant":{"name":"张桂兰","idNumber":"%s","phone":"13800000001",
             "residenceAreaCode":"371002","address":"环翠区演示路 1 号"},"categories":["LOW_INCOME"],
             "homeIds":["%s"],"bedKinds":["NURSING"]}""".formatted(NUMBER, HOME);
    /** 52 points: moderate impairment. */
    private static final String SCORES = """
            {"scores":{"EATING":0,"GROOMING":0,"BATHING":0,"DRESSING_UPPER":0,"DRESSING_LOWER":0,"BLADDER_CONTROL":0,
             "BOWEL_CONTROL":0,"TOILETING":0,"BED_MOBILITY":0,"BED_CHAIR_TRANSFER":2,"WALKING":4,"STAIRS":3,
             "TIME_ORIENTATION":4,"SPACE_ORIENTATION":4,"PERSON_ORIENTATION":4,"MEMORY":4,"COMPREHENSION":4,"EXPRESSION":4,
             "AGGRESSION":1,"DEPRESSION":1,"CONSCIOUSNESS":2,"VISION":2,"HEARING":2,"DAILY_AFFAIRS":4,"TRANSPORT":3,
             "SOCIAL_CONTACT":4},"assessedOn":"%s","coma":false,"dementiaDiagnosed":false,"mentalDisorderDiagnosed":false}""";

    private final Api app;
    private final Api citizen;
    private final Api operator;
    private final Api assessor;
    private final LocalDate today;
    private String application = "";
    private String etag = "";
    private String offer = "";
    private long freeAtStart;

    /** @param today by the stack's clock */
    EldercareSteps(Callers callers, LocalDate today) {
        this.today = today;
        this.app = callers.as(DemoIdentity.APP);
        this.citizen = callers.demoCitizen(NUMBER);
        this.operator = callers.as(DemoIdentity.HOME_OPERATOR);
        this.assessor = callers.as(DemoIdentity.ASSESSOR);
    }

    void listsHomesWithTheirFreeBeds() {
        Answer homes = app.get(API + "/homes?limit=20").expect(200);
        assertThat(homes.at("items")).isNotEmpty().allSatisfy(home -> {
            assertThat(home.path("freeBeds").isNumber()).isTrue();
            assertThat(home.path("ruleBook").path("extendedBy").path("demo").asBoolean()).isTrue();
        });
        freeAtStart = freeNursingBeds();
    }

    void appliesAndSeesEverythingThatIsMissingAtOnce() {
        Answer draft = citizen.post(API + "/applications", """
                {"filedBy":"APPLICANT","applicant":{"name":"张桂兰"},"categories":["LOW_INCOME"]}""").expect(201);
        assertThat(draft.text("ruleBook.status")).isEqualTo("EXTENDED");
        application = API + "/applications/" + draft.text("id");
        Answer incomplete = citizen.post(application + "/submission", "", draft.etag()).expect(200);
        assertThat(incomplete.text("state")).isEqualTo("INCOMPLETE");
        List<String> missing = StreamSupport.stream(incomplete.at("missing").spliterator(), false)
                .map(entry -> entry.path("pointer").asString()).toList();
        assertThat(missing).contains("/applicant/idNumber", "/applicant/phone", "/applicant/address", "/homeIds",
                "/materials/APPLICATION_FORM", "/materials/APPLICANT_ID_CARD",
                "/materials/APPLICANT_HOUSEHOLD_REGISTER",
                "/materials/TOWN_PROOF");
        etag = incomplete.etag();
    }

    void completesItAndSeesTheProvisionalPosition() {
        etag = citizen.put(application, COMPLETE, etag).expect(200).etag();
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER")) {
            citizen.upload(application + "/materials?kind=" + kind, "application/pdf", PDF).expect(201);
        }
        citizen.post(application + "/register-checks", "{\"kind\":\"TOWN_PROOF\"}").expect(201);
        Answer submitted = citizen.post(application + "/submission", "", etag).expect(200);
        assertThat(submitted.text("state")).isEqualTo("SUBMITTED");
        assertThat(submitted.text("channel.channel")).isEqualTo("PRIORITY");
        assertThat(submitted.at("entries.0.position.provisional").asBoolean()).isTrue();
        assertThat(submitted.number("entries.0.position.inChannel")).isPositive();
        assertThat(submitted.text("entries.0.expectedWait.status")).isIn("ESTIMATED", "NOT_ENOUGH_DATA", "NO_WAITING");
        assertThat(submitted.text("applicant.name")).isEqualTo("张*");
        assertThat(submitted.body().toString()).doesNotContain(NUMBER);
    }

    void isReviewedAndAssessedAndChangesChannel() {
        String seen = operator.get(application).expect(200).etag();
        Answer reviewed = operator.post(application + "/review", """
                {"verdict":"QUALIFIED","reason":"资料齐全，情况属实"}""", seen).expect(200);
        assertThat(reviewed.text("state")).isEqualTo("QUALIFIED");
        seen = assessor.get(application).expect(200).etag();
        Answer assessed = assessor.post(application + "/assessments", SCORES.formatted(today), seen).expect(201);
        assertThat(assessed.number("result.total")).isEqualTo(52);
        assertThat(assessed.text("result.level")).isEqualTo("MODERATE");
        assertThat(assessed.text("application.state")).isEqualTo("WAITING");
        assertThat(assessed.text("application.channel.channel")).isEqualTo("SPECIAL");
        assertThat(assessed.at("application.channel.provisional").asBoolean()).isFalse();
    }

    /** What the offices do with an application that was handed in on the page. */
    void leadToAnOffer(String id) {
        application = API + "/applications/" + id;
        isReviewedAndAssessedAndChangesChannel();
        isOfferedABed();
    }

    void isOfferedABedAndAccepts() {
        long waiting = specialQueue();
        isOfferedABed();
        Answer seen = citizen.get(offer).expect(200);
        citizen.post(offer + "/acceptance", "", seen.etag()).expect(200);
        assertThat(citizen.get(offer).text("state")).isEqualTo("ACCEPTED");
        handsInThePapersAndMovesIn();
        assertThat(specialQueue()).isEqualTo(waiting - 1);
        assertThat(freeNursingBeds()).isEqualTo(freeAtStart - 1);
    }

    private void isOfferedABed() {
        Answer made = operator.post(API + "/homes/" + HOME + "/offers", "{\"bedId\":\"" + freeNursingBed() + "\"}")
                .expect(201);
        assertThat(API + "/applications/" + made.text("applicationId")).isEqualTo(application);
        offer = API + "/offers/" + made.text("id");
    }

    private void handsInThePapersAndMovesIn() {
        String papers = """
                {"originalsSeen":["APPLICANT_ID_CARD","APPLICANT_HOUSEHOLD_REGISTER","PHYSICAL_EXAMINATION"],
                 "agreedMonthlyFen":300000}""";
        Answer checked = operator.post(offer + "/paper-check", papers, operator.get(offer).etag()).expect(200);
        assertThat(checked.text("state")).isEqualTo("PAPERS_CHECKED");
        operator.post(offer + "/admission", "", checked.etag()).expect(200);
        seesTheAdmission(citizen);
    }

    /** Also after a new start. */
    void seesTheAdmission(Api reader) {
        Answer admitted = reader.get(application).expect(200);
        assertThat(admitted.text("state")).isEqualTo("ADMITTED");
        assertThat(admitted.at("decisions")).isNotEmpty();
    }

    void nobodyElseSeesTheApplication(Api stranger) {
        stranger.get(application).expect(404);
    }

    void thePublicQueueNamesNobody() {
        Answer queue = app.get(API + "/homes/" + HOME + "/queue").expect(200);
        for (JsonNode entry : queue.at("items")) {
            assertThat(entry.path("name").asString()).matches(".\\*+");
        }
    }

    private String freeNursingBed() {
        Answer beds = operator.get(API + "/homes/" + HOME + "/beds?state=FREE&limit=100").expect(200);
        return StreamSupport.stream(beds.at("items").spliterator(), false)
                .filter(bed -> bed.path("type").path("kind").asString().equals("NURSING")
                        && !bed.path("emergency").asBoolean())
                .findFirst().orElseThrow().path("id").asString();
    }

    private long freeNursingBeds() {
        return StreamSupport.stream(app.get(API + "/homes/" + HOME).expect(200).at("bedTypes").spliterator(), false)
                .filter(type -> type.path("kind").asString().equals("NURSING"))
                .mapToLong(type -> type.path("free").asLong())
                .sum();
    }

    private long specialQueue() {
        return app.get(API + "/homes/" + HOME).expect(200).number("queue.SPECIAL");
    }
}
