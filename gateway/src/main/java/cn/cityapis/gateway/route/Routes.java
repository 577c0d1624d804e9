package cn.cityapis.gateway.route;

import cn.cityapis.gateway.cache.ResponseCache;
import cn.cityapis.gateway.settings.ClientAddress;
import cn.cityapis.gateway.settings.GatewaySettings;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What is reachable. Addresses are not rewritten: a service serves the path that is seen outside. */
@Configuration(proxyBeanMethods = false)
class Routes {

    /** Files and batches up, and the download of everything: what a client on a slow line needs minutes for. */
    private static final Duration LOADS = Duration.ofMinutes(10);

    @Bean
    RouteLocator reachable(RouteLocatorBuilder builder, GatewaySettings settings, Protection protection,
            ResponseCache cache) {
        RouteLocatorBuilder.Builder routes = builder.routes();
        Duration whole = settings.time().whole();
        routes.route("policy-files", route -> route.order(-1)
                .path("/api/policy/v1/loads/**", "/api/policy/v1/loads", "/api/policy/v1/bulk")
                .filters(filters -> filters.filters(protection.of("policy-files", LOADS)))
                .uri(settings.upstreams().policy()));
        routes.route("pharmacy-files", route -> route.order(-1)
                .path("/api/pharmacy/v1/stock-imports/**", "/api/pharmacy/v1/catalogue-imports/**",
                        "/api/pharmacy/v1/catalogue-imports")
                .filters(filters -> filters.filters(protection.of("pharmacy-files", LOADS)))
                .uri(settings.upstreams().pharmacy()));
        routes.route("subsidy-batches", route -> route.order(-1)
                .path("/api/subsidy/v1/batch-evaluations", "/api/subsidy/v1/batch-jobs")
                .filters(filters -> filters.filters(protection.of("subsidy-batches", LOADS)))
                .uri(settings.upstreams().subsidy()));
        // 10 MB in ten minutes as 1 MB in one: who has 18 kB a second can hand in the largest
        routes.route("eldercare-materials", route -> route.order(-1).method(HttpMethod.POST).and()
                .path("/api/eldercare/v1/applications/*/materials")
                .filters(filters -> filters.filters(protection.of("eldercare-materials", LOADS)))
                .uri(settings.upstreams().eldercare()));
        routes.route("subsidy-files", route -> route.order(-1).method(HttpMethod.POST).and()
                .path("/api/subsidy/v1/insurance-filings/*/files", "/api/subsidy/v1/insurance-filings/*/rows",
                        "/api/subsidy/v1/payment-runs/*/replies", "/api/subsidy/v1/applications/*/papers")
                .filters(filters -> filters.filters(protection.of("subsidy-files", LOADS)))
                .uri(settings.upstreams().subsidy()));
        for (Service service : Service.values()) {
            routes.route(service.path(), route -> route.path("/api/" + service.path() + "/v1/**")
                    .filters(filters -> filters.filters(protection.of(service.path(), whole)).filter(cache.filter())
                            .filter(protection.retry(service.path())))
                    .uri(service.url(settings.upstreams())));
        }
        return routes.route("identity", route -> route
                .path("/api/identity/v1/**", "/oauth2/token", "/oauth2/jwks", "/oauth2/introspect", "/oauth2/revoke",
                        "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
                .filters(filters -> filters.filters(protection.of("identity", whole)).filter(Routes::clientAddress))
                .uri(settings.upstreams().identity())).build();
    }

    /** Identity shuts out who guesses secrets, by where he comes from; nobody else is told. */
    private static Mono<Void> clientAddress(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange.mutate()
                .request(request -> request.header("X-Client-Address", ClientAddress.of(exchange))).build());
    }
}
