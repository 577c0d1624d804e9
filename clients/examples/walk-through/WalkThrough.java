import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 六步走通，只用 JDK 21：在项目文件夹里运行
 * java clients/examples/walk-through/WalkThrough.java http://localhost:8080
 */
public final class WalkThrough {

    private final String base;

    private WalkThrough(String base) {
        this.base = base;
    }

    public static void main(String[] args) throws Exception {
        WalkThrough walk = new WalkThrough(args.length > 0 ? args[0] : "http://localhost:8080");
        walk.step2();
        String application = walk.step3();
        walk.step4(application);
        walk.step5();
        walk.step6();
    }

    // [1]
    private final HttpClient http = HttpClient.newHttpClient();

    /** 以客户端自己的名义取得令牌；演示客户端的密码是编号加 -secret。 */
    String token(String client) throws IOException, InterruptedException {
        return token(client, "grant_type=client_credentials");
    }

    /** 这位用户实名时核验的身份证号：平台不留存，他以本人名义填报的须与它一致。 */
    private static final String ID_NUMBER = "371002199405020316";

    /** 代表市民：用登记的私钥担保，这是我们已登录、已实名的用户 user。 */
    String citizen(String user) throws IOException, InterruptedException, GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String assertion = signed("""
                {"iss":"demo-app","sub":"%s","aud":"%s","assurance":"real_name","id_number":"%s",\
                "iat":%d,"exp":%d,"jti":"%s"}""".formatted(user, base, ID_NUMBER, now, now + 120, UUID.randomUUID()));
        return token("demo-app", "grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
                + "&subject_token_type=urn:ietf:params:oauth:token-type:jwt&subject_token=" + assertion);
    }

    private String token(String client, String form) throws IOException, InterruptedException {
        String secret = Base64.getEncoder().encodeToString((client + ":" + client + "-secret").getBytes(UTF_8));
        return send(HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                .header("Authorization", "Basic " + secret)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))).field("access_token");
    }

    // [assertion]
    /** 断言：用 ES256 签名的 JWT；private_key_jwt 用的也是它，只是 iss 和 sub 都是客户端编号。 */
    static String signed(String claims) throws IOException, GeneralSecurityException {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"demo-app-development\"}";
        String input = url.encodeToString(header.getBytes(UTF_8)) + "." + url.encodeToString(claims.getBytes(UTF_8));
        String pem = Files.readString(Path.of("identity/development/demo-app-key.pem"));
        byte[] key = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
        signer.update(input.getBytes(UTF_8));
        return input + "." + url.encodeToString(signer.sign());
    }
    // [/assertion]

    /** @param etag 修改这个对象时放进 If-Match */
    record Answer(String body, String etag) {

        /** 回答中第一个叫这个名字的字段；您的程序里请用 JSON 库。 */
        String field(String name) {
            Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(body);
            if (!found.find()) {
                throw new IllegalStateException("没有 " + name + "：" + body);
            }
            return found.group(1);
        }
    }

    Answer get(String token, String path) throws IOException, InterruptedException {
        return send(request(token, path).GET());
    }

    /** 写操作带 Idempotency-Key：没有收到回答就用同一个值再发一次，只会办一次。 */
    Answer post(String token, String path, String json, String etag) throws IOException, InterruptedException {
        return send(write(token, path, etag, "application/json").POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder write(String token, String path, String etag, String type) {
        HttpRequest.Builder request = request(token, path).header("Content-Type", type)
                .header("Idempotency-Key", UUID.randomUUID().toString());
        return etag.isEmpty() ? request : request.header("If-Match", etag);
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(25))
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body()); // problem+json，见 /docs/errors
        }
        return new Answer(answer.body(), answer.headers().firstValue("ETag").orElse(""));
    }
    // [/1]

    // [2]
    /** 平台所在城市的今天。 */
    private String today = "";

    void step2() throws IOException, InterruptedException {
        String app = token("demo-app");
        Answer found = get(app, "/api/policy/v1/documents?limit=1&q=" + URLEncoder.encode("老年人能力评估费用", UTF_8));
        Answer article = get(app, "/api/policy/v1/documents/by-number/" + URLEncoder.encode(found.field("number"), UTF_8)
                + "/articles/" + found.field("key"));
        today = article.field("statusOn");
        System.out.println("2 " + found.field("number") + " " + article.field("status"));
    }
    // [/2]

    // [3]
    /** 演示养老机构。 */
    private static final String HOME = "00000000-0000-7000-8000-000000000001";

    String step3() throws IOException, InterruptedException, GeneralSecurityException {
        String citizen = citizen("java-walk-through");
        get(citizen, "/api/eldercare/v1/homes?limit=3");
        Answer draft = post(citizen, "/api/eldercare/v1/applications",
                "{\"filedBy\":\"AGENT\",\"applicant\":{\"name\":\"王秀英\"},\"categories\":[\"LOW_INCOME\"]}", "");
        String application = "/api/eldercare/v1/applications/" + draft.field("id");
        Answer incomplete = post(citizen, application + "/submission", "", draft.etag()); // missing 一次列出缺什么
        Answer complete = send(write(citizen, application, incomplete.etag(), "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"filedBy":"AGENT","categories":["LOW_INCOME"],"homeIds":["%s"],"bedKinds":["NURSING"],
                         "agent":{"kind":"PERSON","relation":"RELATIVE","name":"李明","idNumber":"%s","phone":"13812345679"},
                         "applicant":{"name":"王秀英","idNumber":"379999194803158129","phone":"13800000002",
                          "residenceAreaCode":"371002","address":"环翠区演示路 2 号"}}""".formatted(HOME, ID_NUMBER))));
        for (String paper : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER",
                "AGENT_ID_CARD", "AGENT_HOUSEHOLD_REGISTER")) {
            send(write(citizen, application + "/materials?kind=" + paper, "", "application/pdf")
                    .POST(BodyPublishers.ofString("%PDF-1.4 demo")));
        }
        post(citizen, application + "/register-checks", "{\"kind\":\"TOWN_PROOF\"}", "");
        Answer submitted = post(citizen, application + "/submission", "", complete.etag());
        System.out.println("3 " + submitted.field("state") + " " + submitted.field("inQueue")); // 排在第几
        return application;
    }
    // [/3]

    // [4]
    void step4(String application) throws IOException, InterruptedException, GeneralSecurityException {
        String home = token("demo-home");
        Answer submitted = get(home, application);
        Answer reviewed = post(home, application + "/review",
                "{\"verdict\":\"QUALIFIED\",\"reason\":\"资料齐全，情况属实\"}", submitted.etag());
        String scores = Files.readString(Path.of("docs/examples/assessment.json")).replace("TODAY", today);
        Answer assessed = post(token("demo-assessor"), application + "/assessments", scores, reviewed.etag());
        Answer beds = get(home, "/api/eldercare/v1/homes/" + HOME + "/beds?state=FREE&limit=100");
        Answer offer = post(home, "/api/eldercare/v1/homes/" + HOME + "/offers",
                "{\"bedId\":\"" + nursingBed(beds) + "\"}", "");
        String path = "/api/eldercare/v1/offers/" + offer.field("id");
        Answer accepted = post(citizen("java-walk-through"), path + "/acceptance", "", offer.etag());
        Answer papers = post(home, path + "/paper-check", """
                {"originalsSeen":["APPLICANT_ID_CARD","APPLICANT_HOUSEHOLD_REGISTER","PHYSICAL_EXAMINATION"],
                 "agreedMonthlyFen":300000}""", accepted.etag());
        Answer admitted = post(home, path + "/admission", "", papers.etag());
        System.out.println("4 " + assessed.field("level") + " " + admitted.field("state"));
    }

    private static String nursingBed(Answer beds) {
        Matcher bed = Pattern.compile("\"id\":\"([^\"]+)\"[^{]*\"type\":\\{[^}]*\"NURSING\"").matcher(beds.body());
        if (!bed.find()) {
            throw new IllegalStateException("没有空的护理床");
        }
        return bed.group(1);
    }
    // [/4]

    // [5]
    void step5() throws IOException, InterruptedException, GeneralSecurityException {
        String facts = """
                {"birthDate":"1994-05-02","educationLevel":"doctor","engagement":"employed-full-time",
                 "engagementStart":"%s","employerKind":"company"}""".formatted(today);
        Answer entitled = post(token("demo-app"), "/api/subsidy/v1/entitlements", "{\"facts\":" + facts + "}", "");
        String citizen = citizen("java-walk-through");
        Answer draft = post(citizen, "/api/subsidy/v1/applications", """
                {"schemeId":"talent-living-allowance","areaCode":"371002","facts":%s,
                 "applicant":{"name":"李明","idNumber":"%s","phone":"13812345679",
                  "bankAccount":"6222020000000000124"}}""".formatted(facts, ID_NUMBER), "");
        String application = "/api/subsidy/v1/applications/" + draft.field("id");
        Answer submitted = post(citizen, application + "/submissions", "", draft.etag());
        Answer passed = post(token("demo-district"), application + "/reviews",
                "{\"decision\":\"pass\",\"comment\":\"材料齐全\"}", submitted.etag());
        post(token("demo-city"), application + "/reviews", "{\"decision\":\"pass\"}", passed.etag());
        get(token("demo-city"), "/api/subsidy/v1/ledger/accounts?limit=3");
        Answer statement = get(citizen, application + "/statement"); // 到下个月，这里出现第一笔发放
        System.out.println("5 " + entitled.field("totalFen") + " " + statement.field("state"));
    }
    // [/5]

    // [6]
    void step6() throws IOException, InterruptedException {
        Answer near = get(token("demo-app"), "/api/pharmacy/v1/pharmacies/nearby?lat=37.5018&lon=122.1213"
                + "&coordType=gcj02&q=akbt&atProcuredPrice=true&limit=3");
        String drug = near.field("drugId");
        String chain = token("demo-chain");
        String store = get(chain, "/api/pharmacy/v1/stores?limit=1").field("pharmacyId");
        String supplier = get(chain, "/api/pharmacy/v1/suppliers").field("supplierId");
        Answer placed = post(chain, "/api/pharmacy/v1/orders", """
                {"supplierId":"%s","lines":[{"storeId":"%s","drugId":"%s","quantity":20}]}"""
                .formatted(supplier, store, drug), "");
        String order = "/api/pharmacy/v1/orders/" + placed.field("orderId");
        Answer confirmed = post(token("demo-supplier"), order + "/confirmation", "", placed.etag());
        Answer delivered = post(token("demo-supplier"), order + "/deliveries", """
                {"storeId":"%s","lines":[{"lineNo":1,"quantity":20,"batchNo":"DEMO260101","expiresOn":"2028-06-30"}]}"""
                .formatted(store), confirmed.etag());
        Answer accepted = post(chain, "/api/pharmacy/v1/deliveries/" + delivered.field("deliveryId") + "/acceptance",
                "", delivered.etag());
        Answer settlement = get(chain, "/api/pharmacy/v1/settlements/" + accepted.field("settlementId"));
        get(token("demo-city"), "/api/pharmacy/v1/price-flags?level=red&limit=2&drugId=" + drug);
        System.out.println("6 " + settlement.field("amountFen") + " " + settlement.field("termDays"));
    }
    // [/6]
}
