package cn.cityapis.identity.signin;

import java.io.Serial;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Why nobody was signed in, as the caller is told. */
public final class SignInFailure extends OAuth2AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What the caller can do about it: the status, and after how many seconds it may ask again, 0 if never. */
    public enum Reason {
        NOT_REGISTERED("unauthorized_client", 400, 0, "该客户端没有登记小程序"), //
        CODE("invalid_grant", 400, 0, "code 无效、已过期或已使用，请重新调用 wx.login"), //
        BLOCKED("access_denied", 400, 0, "微信认为该用户存在风险，已拒绝登录"), //
        TOO_OFTEN("temporarily_unavailable", 429, 60, "登录过于频繁，请稍后再试"), //
        AWAY("temporarily_unavailable", 503, 5, "微信登录暂时不可用，请稍后再试"), //
        /** Ours to mend: to the caller it is away, for longer. */
        SETTINGS("temporarily_unavailable", 503, 300, "微信登录暂时不可用，请稍后再试");

        private final String code;
        private final int status;
        private final int retryAfterSeconds;
        private final String text;

        Reason(String code, int status, int retryAfterSeconds, String text) {
            this.code = code;
            this.status = status;
            this.retryAfterSeconds = retryAfterSeconds;
            this.text = text;
        }

        public int status() {
            return status;
        }

        public int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    SignInFailure(Reason reason) {
        super(new OAuth2Error(reason.code, reason.text, null));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
