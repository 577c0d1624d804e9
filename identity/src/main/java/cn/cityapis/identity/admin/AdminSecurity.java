package cn.cityapis.identity.admin;

import cn.cityapis.identity.keys.SigningKeys;
import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import cn.cityapis.identity.problem.Problems;
import cn.cityapis.identity.settings.IdentitySettings;
import cn.cityapis.identity.tokens.IssuedTokens;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;

/** The management interface: for the role admin with the scope identity.admin, by a token of this server. */
@Configuration(proxyBeanMethods = false)
class AdminSecurity {

    private static final String SCOPE = "identity.admin";

    @Bean
    @Order(0)
    SecurityFilterChain management(HttpSecurity http, SigningKeys keys, IssuedTokens issued,
            IdentitySettings settings, InstantSource time, Problems problems) throws Exception {
        AuthenticationEntryPoint refuse = (request, response, failure) -> problems.write(request, response,
                ProblemException.of(request.getHeader(HttpHeaders.AUTHORIZATION) == null
                        ? IdentityProblem.TOKEN_MISSING
                        : IdentityProblem.TOKEN_INVALID));
        return http.securityMatcher("/api/identity/**")
                .authorizeHttpRequests(access -> access.anyRequest()
                        .access((caller, context) -> new AuthorizationDecision(administrator(caller.get()))))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(refuse)
                        .jwt(jwt -> jwt.decoder(decoder(keys, issued, settings, time))))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refuse)
                        .accessDeniedHandler((request, response, denied) -> problems.write(request, response,
                                ProblemException.of(IdentityProblem.FORBIDDEN))))
                .build();
    }

    private static boolean administrator(Authentication caller) {
        return caller instanceof JwtAuthenticationToken token && has(token.getToken(), "scope", SCOPE)
                && has(token.getToken(), "roles", "admin");
    }

    private static boolean has(Jwt token, String claim, String value) {
        List<String> values = token.getClaimAsStringList(claim);
        return values != null && values.contains(value);
    }

    private static JwtDecoder decoder(SigningKeys keys, IssuedTokens issued, IdentitySettings settings,
            InstantSource time) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).build();
        JwtTimestampValidator life = new JwtTimestampValidator();
        life.setClock(time.withZone(ZoneOffset.UTC));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(life, new JwtIssuerValidator(settings.issuer()),
                must(token -> token.getAudience() != null && token.getAudience().contains("identity")),
                must(token -> issued.usable(token.getTokenValue()))));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> must(java.util.function.Predicate<Jwt> rule) {
        return token -> rule.test(token)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN));
    }
}
