package cn.cityapis.identity.citizens;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads a token exchange (RFC 8693) whose subject token is an assertion of the back end itself, or a code of WeChat. */
public final class CitizenGrantConverter implements AuthenticationConverter {

    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    /** What {@code wx.login} gave to the mini-program. */
    private static final String WECHAT_CODE = "urn:cityapis:params:oauth:token-type:wechat-code";
    private static final int LONGEST_ASSERTION = 8192;
    private static final int LONGEST_CODE = 512;

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (!AuthorizationGrantType.TOKEN_EXCHANGE.getValue().equals(request.getParameter("grant_type"))) {
            return null;
        }
        String type = required(request, "subject_token_type");
        boolean code = type.equals(WECHAT_CODE);
        if (!code && !type.equals(JWT)) {
            throw error(OAuth2ErrorCodes.INVALID_REQUEST, "subject_token_type 必须是 " + JWT + " 或 " + WECHAT_CODE);
        }
        for (String unsupported : Set.of("actor_token", "resource", "audience")) {
            if (request.getParameter(unsupported) != null) {
                throw error(OAuth2ErrorCodes.INVALID_REQUEST, "不支持参数 " + unsupported);
            }
        }
        String requested = request.getParameter("requested_token_type");
        if (requested != null && !requested.equals(ACCESS_TOKEN)) {
            throw error(OAuth2ErrorCodes.INVALID_REQUEST, "requested_token_type 只能是 " + ACCESS_TOKEN);
        }
        String token = required(request, "subject_token");
        if (token.length() > (code ? LONGEST_CODE : LONGEST_ASSERTION)) {
            throw error(OAuth2ErrorCodes.INVALID_REQUEST, "subject_token 过长");
        }
        Authentication client = SecurityContextHolder.getContext().getAuthentication();
        if (client == null) {
            throw error(OAuth2ErrorCodes.INVALID_CLIENT, "客户端认证失败");
        }
        return new CitizenGrant(client, code, token, scopes(request));
    }

    private static Set<String> scopes(HttpServletRequest request) {
        String text = request.getParameter("scope");
        return text == null || text.isBlank() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.strip().split(" +")));
    }

    private static String required(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null || values.length != 1 || values[0].isBlank()) {
            throw error(OAuth2ErrorCodes.INVALID_REQUEST, "参数 " + name + " 必须有且只有一个");
        }
        return values[0];
    }

    private static OAuth2AuthenticationException error(String code, String detail) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, detail, null));
    }
}
