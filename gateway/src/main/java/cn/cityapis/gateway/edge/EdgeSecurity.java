package cn.cityapis.gateway.edge;

import cn.cityapis.gateway.limit.Limiting;
import cn.cityapis.gateway.pages.PageAddresses;
import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.problem.ProblemRenderer;
import cn.cityapis.gateway.settings.ClientAddress;
import cn.cityapis.gateway.settings.GatewaySettings;
import cn.cityapis.issuer.IssuerKeys;
import cn.cityapis.issuer.RememberingJwtDecoder;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Tokens are checked at the door (the services check again); what is not named here does not exist from outside. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class EdgeSecurity {

    private static final String[] IDENTITY_DOCUMENTS = {"/oauth2/jwks", "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server"};

    /** The filters of the application also stand before the management port, which is not reachable from outside. */
    @Bean
    @Order(0)
    SecurityWebFilterChain management(ServerHttpSecurity http, Environment environment) {
        return bare(http).securityMatcher(exchange -> onManagementPort(exchange, environment))
                .authorizeExchange(access -> access.anyExchange().permitAll())
                .build();
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain outside(ServerHttpSecurity http, ReactiveJwtDecoder decoder, ProblemRenderer problems,
            Limiting limiting) {
        ServerAuthenticationEntryPoint refuse = (exchange, failure) -> refused(exchange, limiting)
                .onErrorResume(refusal -> problems.handle(exchange, refusal));
        return bare(http).authorizeExchange(access -> access
                .matchers(exchange -> ApiToken.api(exchange) ? MatchResult.match() : MatchResult.notMatch())
                .authenticated()
                .pathMatchers("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke").permitAll()
                .pathMatchers(HttpMethod.GET, IDENTITY_DOCUMENTS).permitAll()
                .pathMatchers(HttpMethod.HEAD, IDENTITY_DOCUMENTS).permitAll()
                .pathMatchers(HttpMethod.GET, "/docs", "/docs/**").permitAll()
                .pathMatchers(HttpMethod.GET, PageAddresses.readable()).permitAll()
                .pathMatchers(HttpMethod.POST, PageAddresses.TOKEN, PageAddresses.DEMO_CITIZEN).permitAll()
                .anyExchange().denyAll())
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(refuse)
                        .bearerTokenConverter(new ApiToken())
                        .jwt(jwt -> jwt.jwtDecoder(decoder)))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refuse)
                        .accessDeniedHandler((exchange, denied) -> problems.handle(exchange,
                                new GatewayException(GatewayProblem.NOT_FOUND))))
                .build();
    }

    @Bean
    ReactiveJwtDecoder jwtDecoder(GatewaySettings settings, InstantSource time) {
        HttpClient client = HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000)
                .responseTimeout(Duration.ofSeconds(3));
        WebClient web = WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
        IssuerKeys keys = new IssuerKeys(web.get().uri(settings.jwksUri()).retrieve().bodyToMono(String.class), time);
        NimbusReactiveJwtDecoder decoder = keys.decoder();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
                new JwtIssuerValidator(settings.issuer())));
        return new RememberingJwtDecoder(decoder, keys::current, time);
    }

    /** Paths that could mean something else to whom they are passed on (encoded slashes, control characters) are refused. */
    @Bean
    ServerExchangeRejectedHandler oddPaths(ProblemRenderer problems) {
        return (exchange, rejected) -> problems.handle(exchange, new GatewayException(GatewayProblem.BAD_REQUEST));
    }

    /** As strict as it is by itself, without a regular expression for each header of each request. */
    @Bean
    StrictServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderValues(EdgeSecurity::printable);
        return firewall;
    }

    /** @param text null where a header is asked for that is not there */
    private static boolean printable(@Nullable String text) {
        return text == null || text.codePoints().allMatch(
                each -> each == '\t' || Character.isDefined(each) && !Character.isISOControl(each));
    }

    private static ServerHttpSecurity bare(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
    }

    /** Refusals at the services' doors count for the address; what is not there at all is not worth counting. */
    private static Mono<Void> refused(ServerWebExchange exchange, Limiting limiting) {
        Mono<Void> refusal = Mono.error(new GatewayException(refusal(exchange)));
        return ApiToken.api(exchange)
                ? limiting.takeRefusal(ClientAddress.network(exchange), exchange.getResponse().getHeaders())
                        .then(refusal)
                : refusal;
    }

    private static GatewayProblem refusal(ServerWebExchange exchange) {
        if (!ApiToken.api(exchange)) {
            return GatewayProblem.NOT_FOUND;
        }
        return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                ? GatewayProblem.TOKEN_INVALID
                : GatewayProblem.TOKEN_MISSING;
    }

    private static Mono<MatchResult> onManagementPort(ServerWebExchange exchange, Environment environment) {
        var local = exchange.getRequest().getLocalAddress();
        Integer port = exchange.getRequest().getPath().value().startsWith("/actuator")
                ? environment.getProperty("local.management.port", Integer.class)
                : null;
        return port != null && local != null && local.getPort() == port ? MatchResult.match() : MatchResult.notMatch();
    }
}
