package cn.cityapis.identity.authentication;

import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Too many wrong secrets from one network: none of this client's is looked at from there for a while. */
public final class ShutOutException extends OAuth2AuthenticationException {

    private static final String CODE = "temporarily_unavailable";
    private static final long serialVersionUID = 1L;

    private final Duration left;

    ShutOutException(Duration left) {
        super(new OAuth2Error(CODE, "密码多次错误，请在 " + seconds(left) + " 秒后再试", null));
        this.left = left;
    }

    /** Whole seconds, at least one. */
    public long retryAfterSeconds() {
        return seconds(left);
    }

    private static long seconds(Duration left) {
        return Math.max(1, left.plusMillis(999).toSeconds());
    }
}
