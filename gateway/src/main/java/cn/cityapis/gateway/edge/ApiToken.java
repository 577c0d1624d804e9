package cn.cityapis.gateway.edge;

import cn.cityapis.issuer.BearerToken;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Access tokens are looked at on the way to a service only: a stale one must not keep anybody from a new one. */
final class ApiToken implements ServerAuthenticationConverter {

    /** As they stand in addresses. */
    static final List<String> SERVICES = List.of("policy", "eldercare", "subsidy", "pharmacy", "identity");
    private static final String[] ADDRESSES = SERVICES.stream().map(service -> "/api/" + service + "/v1/")
            .toArray(String[]::new);

    private final BearerToken header = new BearerToken();

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return api(exchange) ? header.convert(exchange) : Mono.empty();
    }

    static boolean api(ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().value();
        for (String address : ADDRESSES) {
            if (path.startsWith(address)) {
                return true;
            }
        }
        return false;
    }
}
