package cn.cityapis.gateway.route;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.time.Duration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is reachable. Addresses are not rewritten: a service serves the path that is seen outside. */
@Configuration(proxyBeanMethods = false)
class Routes {

    /** Loads up and the download of everything: what a client on a slow line needs minutes for. */
    private static final Duration LOADS = Duration.ofMinutes(10);

    @Bean
    RouteLocator reachable(RouteLocatorBuilder builder, GatewaySettings settings, Protection protection) {
        RouteLocatorBuilder.Builder routes = builder.routes();
        Duration whole = settings.time().whole();
        routes.route("policy-loads", route -> route.order(-1).path("/api/policy/v1/loads/**", "/api/policy/v1/loads")
                .filters(filters -> filters.filter(protection.of("policy-loads", LOADS)))
                .uri(settings.upstreams().policy()));
        routes.route("policy-bulk", route -> route.order(-1).path("/api/policy/v1/bulk")
                .filters(filters -> filters.filter(protection.of("policy-bulk", LOADS)))
                .uri(settings.upstreams().policy()));
        for (Service service : Service.values()) {
            routes.route(service.path(), route -> route.path("/api/" + service.path() + "/v1/**")
                    .filters(filters -> filters.filter(protection.of(service.path(), whole)))
                    .uri(service.url(settings.upstreams())));
        }
        return routes.route("identity", route -> route
                .path("/oauth2/token", "/oauth2/jwks", "/oauth2/introspect", "/oauth2/revoke",
                        "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
                .filters(filters -> filters.filter(protection.of("identity", whole)))
                .uri(settings.upstreams().identity())).build();
    }
}
