package cn.cityapis.gateway.pages;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import cn.cityapis.gateway.settings.SettingException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.CacheControl;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Gives the pages what a mini-program's back end would give its front end. One token for reading serves all visitors
 * until it is nearly over, so that visitors cost the identity server nothing. Decision 0026.
 */
@Configuration(proxyBeanMethods = false)
class PageTokens {

    private static final Logger LOG = LoggerFactory.getLogger(PageTokens.class);

    private final PageSettings settings;
    private final IdentityServer identity;
    private final @Nullable DemoCitizen citizen;
    private final Mono<PageToken> reading;
    private final InstantSource time;

    PageTokens(PageSettings settings, GatewaySettings gateway, IdentityServer identity, Environment environment,
            InstantSource time) {
        this.settings = settings;
        this.identity = identity;
        this.time = time;
        this.citizen = settings.demoCitizen() ? demoCitizen(settings, gateway, environment) : null;
        this.reading = Mono.defer(this::askForReading).cacheInvalidateIf(token -> !token.lastsFrom(time.instant()));
    }

    @Bean
    RouterFunction<ServerResponse> tokensOfThePages() {
        return route()
                .GET("/pages/settings", request -> ServerResponse.ok().cacheControl(CacheControl.noCache())
                        .bodyValue(Map.of("tiles", settings.tiles(), "tilesAttribution", settings.tilesAttribution(),
                                "demoCitizen", citizen != null)))
                .POST(PageAddresses.TOKEN, request -> handOut(request, settings.tokens() ? reading : off()))
                .POST(PageAddresses.DEMO_CITIZEN, request -> handOut(request, Mono.defer(this::askForCitizen)))
                .build();
    }

    private static DemoCitizen demoCitizen(PageSettings settings, GatewaySettings gateway, Environment environment) {
        if (!environment.acceptsProfiles(Profiles.of("development"))) {
            throw new SettingException("PAGES_DEMO_CITIZEN_KEY is for SPRING_PROFILES_ACTIVE=development only");
        }
        return new DemoCitizen(settings.clientId(), gateway.issuer(), Path.of(settings.demoCitizenKey()));
    }

    /** Browsers say where a request comes from: another site's page gets nothing. */
    private static Mono<ServerResponse> handOut(ServerRequest request, Mono<PageToken> token) {
        String from = request.headers().firstHeader("Sec-Fetch-Site");
        Mono<PageToken> given = from == null || from.equals("same-origin") ? token : off();
        return given.flatMap(one -> ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(one));
    }

    private Mono<PageToken> askForReading() {
        return identity.token(form(Map.of("grant_type", "client_credentials", "scope",
                String.join(" ", HandOutRules.READING)))).map(PageTokens::harmless);
    }

    private static PageToken harmless(Jwt token) {
        Optional<String> objection = HandOutRules.objection(token);
        if (objection.isPresent()) {
            LOG.error("the token of PAGES_CLIENT_ID is not handed out: {}", objection.get());
            throw IdentityServer.unavailable();
        }
        return PageToken.of(token, false);
    }

    private Mono<PageToken> askForCitizen() {
        return citizen == null
                ? off()
                : identity.token(form(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token_type", "urn:ietf:params:oauth:token-type:jwt", "subject_token",
                        citizen.assertion(time.instant())))).map(token -> PageToken.of(token, true));
    }

    private static Mono<PageToken> off() {
        return Mono.error(() -> new GatewayException(GatewayProblem.NOT_FOUND));
    }

    private static MultiValueMap<String, String> form(Map<String, String> fields) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        fields.forEach(form::add);
        return form;
    }
}
