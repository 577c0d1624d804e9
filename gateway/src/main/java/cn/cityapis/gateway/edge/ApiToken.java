package cn.cityapis.gateway.edge;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Access tokens are looked at on the way to a service only: a stale one must not keep anybody from a new one. */
final class ApiToken implements ServerAuthenticationConverter {

    private final ServerBearerTokenAuthenticationConverter header = new ServerBearerTokenAuthenticationConverter();

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return api(exchange) ? header.convert(exchange) : Mono.empty();
    }

    static boolean api(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value().matches("/api/(policy|eldercare|subsidy|pharmacy)/v1/.*");
    }
}
