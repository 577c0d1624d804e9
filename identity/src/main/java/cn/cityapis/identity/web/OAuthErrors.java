package cn.cityapis.identity.web;

import cn.cityapis.identity.authentication.ShutOutException;
import cn.cityapis.identity.signin.SignInFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Refusals in OAuth's own form (RFC 6749, 5.2), explained in Chinese; nothing internal is told. */
@Component
class OAuthErrors implements AuthenticationFailureHandler, AuthenticationEntryPoint {

    private static final Map<String, String> CHINESE = Map.of(OAuth2ErrorCodes.INVALID_CLIENT, "客户端认证失败",
            OAuth2ErrorCodes.INVALID_REQUEST, "请求参数缺失、重复或无效", OAuth2ErrorCodes.INVALID_SCOPE, "所请求的 scope 未知或超出该客户端的许可",
            OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, "该客户端未获准使用这种授权方式", OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE,
            "不支持这种授权方式", OAuth2ErrorCodes.INVALID_GRANT, "授权凭据无效或已过期", OAuth2ErrorCodes.UNSUPPORTED_TOKEN_TYPE,
            "不支持这种令牌类型");

    private final JsonMapper json;

    OAuthErrors(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException failure) throws IOException {
        OAuth2Error error = failure instanceof OAuth2AuthenticationException known
                ? known.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT);
        long retryAfter = switch (failure) {
            case ShutOutException shut -> shut.retryAfterSeconds();
            case SignInFailure signIn -> signIn.reason().retryAfterSeconds();
            default -> 0;
        };
        if (retryAfter > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter));
        }
        write(response, status(failure, error.getErrorCode()), error.getErrorCode(), detail(error));
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        write(response, HttpStatus.UNAUTHORIZED.value(), OAuth2ErrorCodes.INVALID_CLIENT, "缺少客户端认证");
    }

    private static int status(AuthenticationException failure, String code) {
        return switch (failure) {
            case ShutOutException shut -> HttpStatus.TOO_MANY_REQUESTS.value();
            case SignInFailure signIn -> signIn.reason().status();
            default -> code.equals(OAuth2ErrorCodes.INVALID_CLIENT)
                    ? HttpStatus.UNAUTHORIZED.value()
                    : HttpStatus.BAD_REQUEST.value();
        };
    }

    private static String detail(OAuth2Error error) {
        String own = error.getDescription();
        if (own != null && own.codePoints().anyMatch(Character::isIdeographic)) {
            return own;
        }
        return CHINESE.getOrDefault(error.getErrorCode(), "请求未能处理");
    }

    private void write(HttpServletResponse response, int status, String code, String detail) throws IOException {
        response.setStatus(status);
        if (status == HttpStatus.UNAUTHORIZED.value()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"city-apis\", charset=\"UTF-8\"");
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getOutputStream().write(json.writeValueAsString(Map.of("error", code, "error_description", detail))
                .getBytes(StandardCharsets.UTF_8));
    }
}
