package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.TestDatabase;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import java.text.ParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A user of a mini-program is signed in by the code of wx.login, against a double of WeChat's interface. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class WeChatSignInTest {

    private final WeChatDouble wechat = new WeChatDouble();
    private final TestDatabase database = TestDatabase.create();
    private final RunningIdentity identity = start("30s");

    @AfterAll
    void stop() {
        identity.close();
        wechat.close();
    }

    private RunningIdentity start(String answerWithin) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.profiles.active", "development");
        settings.put("identity.wechat.base", wechat.base());
        settings.put("identity.wechat.answer-within", answerWithin);
        settings.put("identity.wechat.mini-programs[0].client", "demo-app");
        settings.put("identity.wechat.mini-programs[0].app-id", WeChatDouble.APP_ID);
        settings.put("identity.wechat.mini-programs[0].secret", WeChatDouble.SECRET);
        return RunningIdentity.start(database, settings);
    }

    private static Map<String, String> form(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:cityapis:params:oauth:token-type:wechat-code");
        form.put("subject_token", code);
        return form;
    }

    private RunningIdentity.Answer signIn(String code) {
        return identity.token("demo-app", "demo-app-secret", form(code));
    }

    private static JWTClaimsSet claims(RunningIdentity.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        try {
            return SignedJWT.parse(answer.body().get("access_token").asString()).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refused(RunningIdentity.Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().get("error").asString()).isEqualTo(error);
        assertThat(answer.body().get("error_description").asString()).containsPattern("\\p{IsHan}");
        assertThat(answer.response().headers().firstValue("Retry-After").isPresent())
                .isEqualTo(error.equals("temporarily_unavailable"));
    }

    private double counted(String outcome) {
        return identity.context().getBean(MeterRegistry.class)
                .counter("identity.sign.ins", "provider", "wechat", "outcome", outcome).count();
    }

    @Test
    void aCodeBecomesATokenThatMayRead(CapturedOutput output) throws Exception {
        double before = counted("signed-in");
        String code = wechat.codeOf("o-first_1");
        var answer = signIn(code);
        JWTClaimsSet claims = claims(answer);
        assertThat(claims.getSubject()).startsWith("c-");
        assertThat(claims.getStringClaim("assurance")).isEqualTo("openid");
        assertThat(claims.getJSONObjectClaim("act")).containsEntry("sub", "demo-app");
        assertThat(claims.getStringListClaim("scope")).isNotEmpty().allMatch(scope -> scope.endsWith(".read"));
        assertThat(wechat.asked()).contains("appid=" + WeChatDouble.APP_ID + "&secret=" + WeChatDouble.SECRET
                + "&js_code=" + code + "&grant_type=authorization_code");
        assertThat(counted("signed-in")).isEqualTo(before + 1);
        assertThat(answer.body().toString() + claims + output)
                .doesNotContain(WeChatDouble.SECRET, WeChatDouble.SESSION_KEY, "o-first_1");
    }

    @Test
    void aUserIsOneCitizenForGood() {
        String first = claims(signIn(wechat.codeOf("o-again"))).getSubject();
        assertThat(claims(signIn(wechat.codeOf("o-again"))).getSubject()).isEqualTo(first);
        assertThat(claims(signIn(wechat.codeOf("o-other"))).getSubject()).isNotEqualTo(first);
        assertThat(claims(identity.citizen(Assertions.of("o-again").signed())).getSubject())
                .as("a user whom the back end calls so is somebody else").isNotEqualTo(first);
        assertThat(claims(identity.citizen(Assertions.of("wechat:" + WeChatDouble.APP_ID + ":o-again").signed()))
                .getSubject()).as("the same, named in full").isEqualTo(first);
    }

    @Test
    void aUnionidChangesNothing() {
        assertThat(claims(signIn(wechat.codeOf("u-1"))).getSubject())
                .isEqualTo(claims(signIn(wechat.codeOf("u-1"))).getSubject());
    }

    @Test
    void aCodeIsGoodOnce() {
        String code = wechat.codeOf("o-once");
        claims(signIn(code));
        refused(signIn(code), 400, "invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({"40029, 400, invalid_grant, code", "40163, 400, invalid_grant, code",
            "40226, 400, access_denied, blocked", "45011, 429, temporarily_unavailable, too-often",
            "-1, 503, temporarily_unavailable, away", "61024, 503, temporarily_unavailable, away",
            "40013, 503, temporarily_unavailable, settings", "40125, 503, temporarily_unavailable, settings"})
    void eachErrorOfWeChatHasItsAnswer(String code, int status, String error, String outcome, CapturedOutput output) {
        double before = counted(outcome);
        var answer = signIn(code);
        refused(answer, status, error);
        assertThat(counted(outcome)).isEqualTo(before + 1);
        assertThat(output.toString().contains("ERROR")).isEqualTo(outcome.equals("settings"));
        assertThat(answer.body().toString() + output).doesNotContain(WeChatDouble.SECRET, WeChatDouble.SESSION_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "moved", "garbage", "empty", "nobody", "strange", "huge"})
    void whatIsNoAnswerIsAnAwayWeChat(String code, CapturedOutput output) {
        var answer = signIn(code);
        refused(answer, 503, "temporarily_unavailable");
        assertThat(answer.body().toString() + output).doesNotContain(WeChatDouble.SECRET, WeChatDouble.SESSION_KEY);
    }

    @Test
    void anAnswerThatStallsIsNotWaitedFor(CapturedOutput output) {
        try (RunningIdentity impatient = start("200ms")) {
            refused(impatient.token("demo-app", "demo-app-secret", form("slow")), 503, "temporarily_unavailable");
        }
        assertThat(output).contains("TimeoutException").doesNotContain(WeChatDouble.SECRET);
    }

    @Test
    void aCodeCannotAddToTheQuery() {
        refused(signIn("x&secret=other#"), 400, "invalid_grant");
        assertThat(wechat.asked().getLast()).isEqualTo("appid=" + WeChatDouble.APP_ID + "&secret="
                + WeChatDouble.SECRET + "&js_code=x%26secret%3Dother%23&grant_type=authorization_code");
    }

    @Test
    void applyingNeedsMoreThanACodeAndUsesNoneUp() {
        String code = wechat.codeOf("o-applies");
        Map<String, String> applies = form(code);
        applies.put("scope", "subsidy.apply");
        refused(identity.token("demo-app", "demo-app-secret", applies), 400, "invalid_scope");
        claims(signIn(code));
    }

    @Test
    void onlyWhoHasAMiniProgramMay() {
        int asked = wechat.asked().size();
        refused(identity.token("demo-home", "demo-home-secret", form("40029")), 400, "unauthorized_client");
        refused(identity.token("demo-app", "wrong", form("40029")), 401, "invalid_client");
        var made = Management.of(identity).post("/clients", """
                {"clientId":"other-app","name":"另一个小程序","authentication":"secret","citizenScopes":["policy.read"],
                 "maxAssurance":"openid","assertionKeys":{"keys":[{"kty":"EC","crv":"P-256","kid":"a",
                 "x":"3P5O47hW_qVJqOGL9ZO1aJyUjRUlPKyj_53SJU98QIU","y":"GusvPCmFdDE22vrM1nSNoRoQSGfxGKGlIXEvbvPJRG0"}]}}
                """);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        refused(identity.token("other-app", made.body().get("secret").asString(), form("40029")), 400,
                "unauthorized_client");
        assertThat(wechat.asked()).hasSize(asked);
        for (String wrong : List.of("x".repeat(600), " ")) {
            refused(signIn(wrong), 400, "invalid_request");
        }
    }
}
