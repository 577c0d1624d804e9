package cn.cityapis.identity.signin;

import cn.cityapis.identity.signin.SignInFailure.Reason;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an answer of {@code code2session} means. Its session_key is not looked at. */
final class WeChatAnswerRules {

    private static final Pattern OPENID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final JsonMapper JSON = JsonMapper.shared();

    private WeChatAnswerRules() {
    }

    /**
     * @param body JSON, though WeChat calls it text/plain
     * @return the openid
     * @throws SignInFailure if it has none
     */
    static String openid(int status, byte[] body) {
        if (status != 200) {
            throw new SignInFailure(Reason.AWAY);
        }
        JsonNode answer = read(body);
        int error = answer.path("errcode").asInt(0);
        if (error != 0) {
            throw new SignInFailure(reason(error));
        }
        String openid = answer.path("openid").asString("");
        if (!OPENID.matcher(openid).matches()) {
            throw new SignInFailure(Reason.AWAY);
        }
        return openid;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new SignInFailure(Reason.AWAY);
        }
    }

    private static Reason reason(int error) {
        return switch (error) {
            // no such code; used already
            case 40029, 40163 -> Reason.CODE;
            case 40226 -> Reason.BLOCKED;
            case 45011 -> Reason.TOO_OFTEN;
            // appid; secret
            case 40013, 40125 -> Reason.SETTINGS;
            default -> Reason.AWAY;
        };
    }
}
