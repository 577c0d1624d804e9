package cn.cityapis.gateway.pages;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

/** Asks for tokens with the secret of the pages' client, and looks at what it gets before anybody else does. */
@Component
class IdentityServer {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WebClient http;
    private final ReactiveJwtDecoder decoder;

    IdentityServer(GatewaySettings gateway, PageSettings pages, ReactiveJwtDecoder decoder) {
        this.decoder = decoder;
        HttpClient client = HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000)
                .responseTimeout(PATIENCE);
        this.http = WebClient.builder().baseUrl(gateway.upstreams().identity() + "/oauth2/token")
                .defaultHeaders(headers -> headers.setBasicAuth(pages.clientId(), pages.clientSecret()))
                .clientConnector(new ReactorClientHttpConnector(client)).build();
    }

    /** Verified; whatever goes wrong is "unavailable" outside and its reason is in the log. */
    Mono<Jwt> token(MultiValueMap<String, String> form) {
        return http.post().body(BodyInserters.fromFormData(form)).retrieve().bodyToMono(JsonNode.class)
                .map(answer -> answer.path("access_token").asString(""))
                .flatMap(decoder::decode)
                .timeout(PATIENCE)
                .doOnError(failure -> LOG.warn("no token for the pages: {}", failure.toString()))
                .onErrorMap(failure -> unavailable());
    }

    static GatewayException unavailable() {
        return new GatewayException(GatewayProblem.UNAVAILABLE, "暂时无法取得访问凭证，请稍后再试", Duration.ofSeconds(5));
    }
}
