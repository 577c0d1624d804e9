package cn.cityapis.gateway.edge;

import cn.cityapis.gateway.settings.ExchangeFacts;
import cn.cityapis.gateway.settings.GatewaySettings;
import cn.cityapis.gateway.settings.Origins;
import java.net.URI;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Which pages of others may call from a browser, by client: a preflight, which carries no token, is answered for
 * origins that any client has; the answer itself is readable for the origins of the token's client only.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class Cors implements WebFilter {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> ASKED = List.of("Authorization", "Content-Type", "Idempotency-Key", "If-Match",
            "If-None-Match", "X-Request-Id");
    private static final List<String> SHOWN = List.of("ETag", "Location", "RateLimit", "RateLimit-Policy",
            "Retry-After", "Idempotency-Replayed", "X-Request-Id");
    private static final long MAX_AGE = 600;

    private final Origins origins;
    private final String own;

    Cors(GatewaySettings settings) {
        this.origins = Origins.parse(settings.cors().origins());
        URI outside = URI.create(settings.publicUrl());
        this.own = outside.getScheme() + "://" + outside.getRawAuthority();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String origin = request.getHeaders().getOrigin();
        if (origin == null || origin.equals(own) || !ApiToken.api(exchange)) {
            return chain.filter(exchange);
        }
        if (request.getMethod() == HttpMethod.OPTIONS
                && request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            return preflight(exchange.getResponse(), origin);
        }
        exchange.getResponse().beforeCommit(() -> {
            String client = ExchangeFacts.client(exchange);
            // a refusal without a client has nothing of anybody's in it
            if (client == null ? origins.knows(origin) : origins.allow(origin, client)) {
                HttpHeaders answer = exchange.getResponse().getHeaders();
                answer.setAccessControlAllowOrigin(origin);
                answer.setAccessControlExposeHeaders(SHOWN);
            }
            exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private Mono<Void> preflight(ServerHttpResponse response, String origin) {
        HttpHeaders answer = response.getHeaders();
        answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        response.setStatusCode(origins.knows(origin) ? HttpStatus.NO_CONTENT : HttpStatus.FORBIDDEN);
        if (origins.knows(origin)) {
            answer.setAccessControlAllowOrigin(origin);
            answer.setAccessControlAllowMethods(METHODS.stream().map(HttpMethod::valueOf).toList());
            answer.setAccessControlAllowHeaders(ASKED);
            answer.setAccessControlMaxAge(MAX_AGE);
        }
        return response.setComplete();
    }
}
