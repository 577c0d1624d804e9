package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.catalogue.StoredCases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;

/** The papers of an application, from the draft to the review. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-papers"})
class PapersApiTest extends ApplicationScene {

    private static final byte[] PDF = "%PDF-1.4 a diploma".getBytes(StandardCharsets.US_ASCII);
    private static final String PAPERS = """
              papers:
                - {kind: identity, material: 身份证明, required: true}
                - {kind: degree, material: 学历证书, required: true}
                - {kind: contract, material: 劳动合同或营业执照}
            """;

    @Autowired
    private DatabaseClient database;
    @Autowired
    private ApplicationContext service;

    private static Answer upload(Api by, Answer application, String kind, byte[] content) {
        return by.upload(path(application) + "/papers?kind=" + kind, content, "application/pdf", application,
                UUID.randomUUID().toString());
    }

    private static Answer delete(Api by, String paper) {
        return by.send(HttpMethod.DELETE, paper, null, null, null);
    }

    private static List<String> all(Answer answer, String list, String member) {
        return answer.body().at(list).valueStream().map(each -> each.path(member).asString()).toList();
    }

    private Answer propose(String id, String papers) {
        String document = ShippedSchemes.allowance(id)
                .replace("  materials: [身份证明, 学历证书, 劳动合同或营业执照]\n",
                        "  materials: [身份证明, 学历证书, 劳动合同或营业执照]\n" + papers);
        return rules("proposer").post("/scheme-proposals",
                Api.JSON.writeValueAsString(Api.JSON.createObjectNode().put("document", document)
                        .put("effectiveFrom", LocalDate.now(clock).toString()).put("reason", "试验")));
    }

    private Api rules(String subject) {
        return Api.as(port, Tokens.operator(subject, "371000", "city").scopes("subsidy.read", "subsidy.admin").token());
    }

    @Test
    void papersAreToldByTheirContentLimitedAndSealed() {
        Answer draft = draft();
        upload(citizen, draft, "material-2", "MZ not a pdf".getBytes(StandardCharsets.US_ASCII))
                .is(422, "file-type-not-accepted");
        upload(citizen, draft, "material-2", new byte[6 * 1024 * 1024]).is(413, "file-too-large");
        assertThat(upload(citizen, draft, "material-4", PDF).is(400, "validation-failed").pointers())
                .containsExactly("?kind");
        Answer kept = upload(citizen, draft, "material-2", PDF).is(201);
        Answer papers = citizen.get(path(draft) + "/papers").is(200);
        assertThat(all(papers, "/kinds", "material")).containsExactly("身份证明", "学历证书", "劳动合同或营业执照");
        assertThat(papers.body().at("/papers/0")).isEqualTo(kept.body());
        assertThat(citizen.download(path(draft) + "/papers/" + kept.text("/id"))).isEqualTo(PDF);
        byte[] stored = database.sql("SELECT content FROM application_paper WHERE id = :id")
                .bind("id", UUID.fromString(kept.text("/id"))).mapValue(byte[].class).one().block();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("diploma", "JVBERi0");
        for (int more = 1; more < 20; more++) {
            upload(citizen, draft, "material-1", PDF).is(201);
        }
        upload(citizen, draft, "material-1", PDF).is(413, "file-too-large");
    }

    @Test
    void onlyWhoAppliesAndWhoDecidesReadsAndEachLookIsOnRecord() {
        Answer draft = draft();
        String paper = path(draft) + "/papers/" + upload(citizen, draft, "material-1", PDF).is(201).text("/id");
        Api stranger = Api.as(port, People.citizen("stranger"));
        upload(stranger, draft, "material-1", PDF).is(404, "not-found");
        stranger.get(path(draft) + "/papers").is(404, "not-found");
        stranger.get(paper).is(404, "not-found");
        delete(stranger, paper).is(404, "not-found");
        district().get(paper).is(404, "not-found");
        citizen.post(path(draft) + "/submissions", null, draft).is(200);
        assertThat(district().download(paper)).isEqualTo(PDF);
        assertThat(city().download(paper)).isEqualTo(PDF);
        Api.as(port, People.district("371003")).get(paper).is(404, "not-found");
        Api.as(port, Tokens.operator("the-auditor", "371000", "auditor").scopes("subsidy.read").token())
                .get(paper).is(404, "not-found");
        citizen.download(paper);
        Answer other = draft();
        citizen.get(path(other) + "/papers/" + paper.substring(paper.lastIndexOf('/') + 1)).is(404, "not-found");
        Answer trail = citizen.get(path(draft) + "/audit-trail").is(200);
        assertThat(all(trail, "/items", "actionText")).containsExactly("新建草稿", "上传材料", "提交申请", "查看申请人的完整信息",
                "查看申请人的完整信息");
    }

    @Test
    void papersChangeWhileTheCaseIsOpenToChangeOnly() {
        Answer draft = draft();
        String first = path(draft) + "/papers/" + upload(citizen, draft, "material-1", PDF).is(201).text("/id");
        delete(citizen, first).is(204);
        delete(citizen, first).is(404, "not-found");
        String kept = path(draft) + "/papers/" + upload(citizen, draft, "material-1", PDF).is(201).text("/id");
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        upload(citizen, draft, "material-2", PDF).is(409, "application-wrong-state");
        delete(citizen, kept).is(409, "application-wrong-state");
        UUID id = UUID.fromString(kept.substring(kept.lastIndexOf('/') + 1));
        for (String sql : List.of("DELETE FROM application_paper WHERE id = :id",
                "UPDATE application_paper SET kind = 'x' WHERE id = :id", """
                        INSERT INTO application_paper
                        SELECT gen_random_uuid(), application_id, kind, media_type, size_bytes, sha256, content, uploaded_at
                          FROM application_paper WHERE id = :id""")) {
            assertThatThrownBy(() -> database.sql(sql).bind("id", id).then().block())
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
        district().post(path(draft) + "/supplement-requests",
                "{\"items\": [{\"pointer\": \"/materials/material-2\", \"detail\": \"请上传学历证书\"}]}", submitted).is(200);
        upload(citizen, draft, "material-2", PDF).is(201);
        delete(citizen, kept).is(204);
        assertThat(all(district().get(path(draft) + "/papers").is(200), "/papers", "kind"))
                .containsExactly("material-2");
    }

    @Test
    void whatWasHandedInIsReplacedAndNeverTakenAway() {
        Answer draft = draft();
        String seen = upload(citizen, draft, "material-1", PDF).is(201).text("/id");
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        Answer first = district().post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
        city().post(path(draft) + "/supplement-requests",
                "{\"items\": [{\"pointer\": \"/materials/material-1\", \"detail\": \"不清晰\"}]}", first).is(200);
        String papers = path(draft) + "/papers";
        clock.advance(Duration.ofMinutes(1));
        String mistaken = upload(citizen, draft, "material-1", PDF).is(201).text("/id");
        delete(citizen, papers + "/" + mistaken).is(204);
        assertThatThrownBy(() -> database.sql("DELETE FROM application_paper WHERE id = :id")
                .bind("id", UUID.fromString(seen)).then().block()).isInstanceOf(DataIntegrityViolationException.class);
        delete(citizen, papers + "/" + seen).is(204);
        delete(citizen, papers + "/" + seen).is(404, "not-found");
        String better = upload(citizen, draft, "material-1", PDF).is(201).text("/id");
        Answer now = citizen.get(path(draft)).is(200);
        assertThat(citizen.post(path(draft) + "/submissions", null, now).is(200).text("/state"))
                .isEqualTo("second-review");
        Answer listed = city().get(papers).is(200);
        assertThat(all(listed, "/papers", "id")).containsExactly(better);
        assertThat(all(listed, "/superseded", "id")).containsExactly(seen);
        assertThat(listed.text("/superseded/0/supersededAt")).isNotEmpty();
        assertThat(city().download(papers + "/" + seen)).isEqualTo(PDF);
        assertThat(all(citizen.get(path(draft) + "/audit-trail"), "/items", "actionText")).contains("替换材料", "删除材料");
    }

    @Test
    void aPaperSentTwiceIsKeptOnce() {
        Answer draft = draft();
        String key = UUID.randomUUID().toString();
        String path = path(draft) + "/papers?kind=material-1";
        Answer first = citizen.upload(path, PDF, "application/pdf", draft, key).is(201);
        assertThat(citizen.upload(path, PDF, "application/pdf", draft, key))
                .isEqualTo(new Answer(201, first.body(), first.etag(), true));
        citizen.upload(path, "%PDF-1.4 another".getBytes(StandardCharsets.US_ASCII), "application/pdf", draft, key)
                .is(422, "idempotency-key-reused");
        assertThat(citizen.get(path(draft) + "/papers").body().at("/papers").size()).isEqualTo(1);
    }

    @Test
    void whatASchemeRequiresIsNamedWithEverythingElseThatIsMissing() {
        Answer proposed = propose("with-papers", PAPERS).is(201);
        StoredCases.compare(service);
        rules("approver").post("/scheme-proposals/" + proposed.text("/id") + "/approvals", null, proposed).is(200);
        Answer draft = citizen.post("/applications",
                Api.newApplication(idNumber).replace(ShippedSchemes.ALLOWANCE, "with-papers")
                        .replace("\"areaCode\": \"371002\", ", ""))
                .is(201);
        Answer refused = citizen.post(path(draft) + "/submissions", null, draft).is(422, "application-incomplete");
        assertThat(refused.pointers()).containsExactly("/areaCode", "/materials/identity", "/materials/degree");
        assertThat(all(refused, "/errors", "detail")).contains("请上传身份证明", "请上传学历证书");
        upload(citizen, draft, "material-1", PDF).is(400, "validation-failed");
        upload(citizen, draft, "identity", PDF).is(201);
        String degree = upload(citizen, draft, "degree", PDF).is(201).text("/id");
        Answer whole = citizen.put(path(draft), Api.completeDraft(idNumber), draft.etag()).is(200);
        delete(citizen, path(draft) + "/papers/" + degree).is(204);
        assertThat(citizen.post(path(draft) + "/submissions", null, whole).is(422, "application-incomplete").pointers())
                .containsExactly("/materials/degree");
        upload(citizen, draft, "degree", PDF).is(201);
        citizen.post(path(draft) + "/submissions", null, whole).is(200);
    }

    @Test
    void aSchemeWhosePapersMakeNoSenseIsRefused() {
        Answer refused = propose("with-odd-papers", PAPERS.replace("kind: degree", "kind: identity")
                .replace("kind: contract", "kind: Contract").replace("material: 身份证明", "material: 护照"))
                .is(422, "scheme-refused");
        assertThat(all(refused, "/errors", "detail")).anyMatch(reason -> reason.contains("identity 重复"))
                .anyMatch(reason -> reason.contains("Contract 应为")).anyMatch(reason -> reason.contains("护照 不在"));
    }
}
