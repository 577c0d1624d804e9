package cn.cityapis.gateway.edge;

import cn.cityapis.gateway.pages.PageAddresses;
import cn.cityapis.gateway.pages.PageSettings;
import cn.cityapis.gateway.settings.ClientAddress;
import cn.cityapis.gateway.settings.ExchangeFacts;
import cn.cityapis.gateway.settings.GatewaySettings;
import cn.cityapis.gateway.settings.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** First of all: nobody says from outside who he is but by a token; every exchange has an id and safe headers. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Hygiene implements WebFilter {

    private static final String REQUEST_ID = "X-Request-Id";
    /** Nothing that may be somebody's telephone or identity number: it goes into the logs. */
    private static final Pattern ID = Pattern
            .compile("(?!.*(?<![0-9A-Za-z])(1\\d{10}|\\d{17}[0-9Xx])(?![0-9A-Za-z]))[A-Za-z0-9._-]{8,64}");
    private static final List<String> TRUSTED_PREFIXES = List.of("x-forwarded-", "x-user", "x-client", "x-org",
            "x-role",
            "x-auth", "x-remote-", "x-subject", "x-scope", "x-assurance", "x-real-", "x-original-", "x-rewrite-",
            "x-internal-");
    /** Connection among them: what it names would be taken out of what the gateway itself says to a service. */
    private static final List<String> TRUSTED = List.of("connection", "forwarded", "client-ip", "true-client-ip",
            "via-user",
            "x-http-method-override", "x-method-override", "proxy-authorization");

    private final boolean https;
    private final String pagePolicy;
    private final Networks proxies;

    Hygiene(GatewaySettings settings, PageSettings pages) {
        this.proxies = settings.trustedProxies();
        this.https = settings.publicUrl().startsWith("https:");
        this.pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
                + pages.tileOrigin().map(" "::concat).orElse("")
                + "; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ClientAddress.note(exchange, proxies);
        String id = id(exchange.getRequest().getHeaders().getFirst(REQUEST_ID));
        Trace trace = Trace.of(exchange.getRequest().getHeaders().getFirst(Trace.HEADER));
        ExchangeFacts.noteIds(exchange, id, trace.id());
        ServerHttpRequest clean = exchange.getRequest().mutate().headers(headers -> {
            List<String> forged = new ArrayList<>();
            headers.forEach((name, values) -> {
                if (trusted(name)) {
                    forged.add(name);
                }
            });
            forged.forEach(headers::remove);
            headers.set(REQUEST_ID, id);
            headers.set(Trace.HEADER, trace.parent());
            if (!trace.continued()) {
                headers.remove("tracestate");
            }
        }).build();
        HttpHeaders answer = exchange.getResponse().getHeaders();
        exchange.getResponse().beforeCommit(() -> {
            secure(answer, exchange.getRequest().getPath().value());
            answer.set(REQUEST_ID, id);
            return Mono.empty();
        });
        return chain.filter(exchange.mutate().request(clean).build());
    }

    private static boolean trusted(String header) {
        for (String prefix : TRUSTED_PREFIXES) {
            if (header.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        for (String name : TRUSTED) {
            if (header.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static String id(@Nullable String given) {
        return Optional.ofNullable(given).filter(text -> ID.matcher(text).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private void secure(HttpHeaders headers, String path) {
        headers.remove(HttpHeaders.SERVER);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", page(path) ? pagePolicy : "default-src 'none'; frame-ancestors 'none'");
        if (https) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static boolean page(String path) {
        return PageAddresses.isPage(path) || path.startsWith("/docs");
    }
}
