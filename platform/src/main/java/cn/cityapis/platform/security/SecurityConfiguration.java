package cn.cityapis.platform.security;

import cn.cityapis.issuer.BearerToken;
import cn.cityapis.issuer.IdNumberDigests;
import cn.cityapis.issuer.IssuerKeys;
import cn.cityapis.issuer.RememberingJwtDecoder;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.ProblemRenderer;
import cn.cityapis.platform.settings.Required;
import cn.cityapis.platform.settings.SettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;

/** Every service is a resource server itself: the gateway is not trusted blindly. Whatever is not named is denied. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
public class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain apiSecurity(ServerHttpSecurity http, ReactiveJwtDecoder decoder, ProblemRenderer problems) {
        ServerAuthenticationEntryPoint refuse = (exchange, error) -> problems.handle(exchange,
                ProblemException.of(exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                        ? CommonProblem.TOKEN_INVALID
                        : CommonProblem.TOKEN_MISSING));
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(access -> access
                        .pathMatchers("/actuator/health/**", "/actuator/prometheus", "/v3/api-docs/**").permitAll()
                        .pathMatchers("/api/**").authenticated()
                        .anyExchange().denyAll())
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(refuse)
                        .bearerTokenConverter(new BearerToken())
                        .jwt(jwt -> jwt.jwtDecoder(decoder)
                                .jwtAuthenticationConverter(
                                        token -> Mono.just(new CallerAuthentication(Caller.from(token))))))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refuse)
                        .accessDeniedHandler((exchange, denied) -> problems.handle(exchange, denied)))
                .build();
    }

    /** Paths that could mean something else to whom they are passed on (encoded slashes, control characters) are refused. */
    @Bean
    ServerExchangeRejectedHandler oddPaths(ProblemRenderer problems) {
        return (exchange, rejected) -> problems.handle(exchange,
                ProblemException.of(CommonProblem.VALIDATION_FAILED, "地址里有不允许的字符"));
    }

    /** As strict as it is by itself, without a regular expression for the value of each header of each request. */
    @Bean
    StrictServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderValues(SecurityConfiguration::printable);
        return firewall;
    }

    /** @param text null where a header is asked for that is not there */
    private static boolean printable(@Nullable String text) {
        return text == null || text.codePoints().allMatch(
                each -> each == '\t' || Character.isDefined(each) && !Character.isISOControl(each));
    }

    /** Each request is observed as one; an observation of each filter of the chain costs as much as the chain does. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    ReactiveJwtDecoder jwtDecoder(SecuritySettings settings, @Value("${spring.application.name}") String audience) {
        return decoder(settings, audience, InstantSource.system());
    }

    static ReactiveJwtDecoder decoder(SecuritySettings settings, String audience, InstantSource time) {
        IssuerKeys keys = new IssuerKeys(
                keyClient().get().uri(settings.jwksUri()).retrieve().bodyToMono(String.class), time);
        NimbusReactiveJwtDecoder decoder = keys.decoder();
        // token life is real time, whatever the development clock says
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
                new JwtIssuerValidator(settings.issuer()),
                new JwtClaimValidator<Collection<String>>("aud", names -> names != null && names.contains(audience))));
        // how the decoder says that it has no keys
        return new RememberingJwtDecoder(token -> decoder.decode(token)
                .onErrorMap(IllegalStateException.class,
                        e -> new AuthenticationServiceException("The issuer's keys cannot be read", e)),
                keys::current, time);
    }

    /** Reads the issuer's keys; an issuer that hangs must not hang the service. */
    private static WebClient keyClient() {
        HttpClient http = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
                .responseTimeout(Duration.ofSeconds(3));
        return WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
    }

    /** In services that ask citizens for their ID numbers. */
    @Bean
    @ConditionalOnProperty("platform.security.id-number-keys")
    OwnIdNumber ownIdNumber(@Value("${platform.security.id-number-keys}") String keys,
            @Value("${platform.security.id-number-proof}") String proof, Environment environment) {
        boolean development = environment.acceptsProfiles(Profiles.of("development"));
        boolean required = Required.oneOf("ID_NUMBER_PROOF", proof, "required", "if-told").equals("required");
        try {
            return new OwnIdNumber(IdNumberDigests.parse(keys, development), required);
        } catch (IllegalArgumentException e) {
            throw new SettingException(IdNumberDigests.VARIABLE, String.valueOf(e.getMessage()), e);
        }
    }

    @Bean
    AccessFilter accessFilter(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        return new AccessFilter(handlers);
    }
}
