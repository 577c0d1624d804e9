package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.pages.PageSettings;
import cn.cityapis.gateway.settings.ClientAddress;
import cn.cityapis.gateway.settings.ExchangeFacts;
import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.annotation.Order;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Every request takes from the limits of its caller: of client and subject; of the address without a token, and with the
 * token that all visitors of the pages share.
 */
@Component
@Order(RateLimit.AFTER_SECURITY)
class RateLimit implements WebFilter {

    static final int AFTER_SECURITY = 0;

    private final Limiting limiting;
    private final CallerLimits limits;

    RateLimit(Limiting limiting, GatewaySettings settings, PageSettings pages) {
        this.limiting = limiting;
        this.limits = new CallerLimits(settings.rate(), pages.clientId());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().startsWith("/actuator")) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .map(context -> of(exchange, context.getAuthentication()))
                .switchIfEmpty(Mono.fromSupplier(() -> limits.of(ClientAddress.network(exchange))))
                .flatMap(all -> limiting.take(all, exchange.getResponse().getHeaders()))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private List<Limit> of(ServerWebExchange exchange, @Nullable Authentication caller) {
        return caller instanceof JwtAuthenticationToken known
                ? of(exchange, known.getToken())
                : limits.of(ClientAddress.network(exchange));
    }

    /** Other issuers name the client {@code azp}. */
    private List<Limit> of(ServerWebExchange exchange, Jwt token) {
        String client = Objects.requireNonNullElse(token.getClaimAsString("client_id"),
                String.valueOf(token.getClaimAsString("azp")));
        String subject = String.valueOf(token.getSubject());
        ExchangeFacts.noteToken(exchange, token);
        ExchangeFacts.noteClient(exchange, client);
        boolean acting = token.hasClaim("act");
        String network = ClientAddress.network(exchange);
        ExchangeFacts.noteCaller(exchange, limits.caller(client, subject, acting, network));
        Map<String, Object> contract = token.getClaims().get("limits") instanceof Map<?, ?>
                ? Objects.requireNonNullElse(token.getClaimAsMap("limits"), Map.of())
                : Map.of();
        return limits.of(client, subject, acting, network, contract);
    }
}
