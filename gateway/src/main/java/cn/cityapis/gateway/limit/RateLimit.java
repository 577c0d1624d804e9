package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** A token bucket for each client and subject together; without a token, for each address. In this process only. */
@Component
@Order(RateLimit.AFTER_SECURITY)
class RateLimit implements WebFilter {

    static final int AFTER_SECURITY = 0;
    private static final int MOST_CALLERS = 100_000;

    private final LoadingCache<String, Bucket> buckets;
    private final String policy;
    private final int perSecond;
    private final int burst;

    RateLimit(GatewaySettings settings) {
        this.burst = settings.rate().burst();
        this.perSecond = settings.rate().perSecond();
        Duration refill = Duration.ofSeconds(Math.ceilDiv(burst, perSecond));
        this.policy = "\"caller\";q=" + burst + ";w=" + refill.toSeconds();
        this.buckets = Caffeine.newBuilder().maximumSize(MOST_CALLERS).expireAfterAccess(refill.plusMinutes(1))
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().startsWith("/actuator")) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(JwtAuthenticationToken.class)
                .map(caller -> caller.getToken().getClaimAsString("client_id") + "|" + caller.getToken().getSubject())
                .defaultIfEmpty(address(exchange))
                .flatMap(key -> {
                    refuseAbove(exchange.getResponse().getHeaders(), key);
                    return chain.filter(exchange);
                });
    }

    private void refuseAbove(HttpHeaders answer, String key) {
        ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
        long wait = Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds());
        long untilFull = Math.ceilDiv(burst - probe.getRemainingTokens(), perSecond);
        answer.set("RateLimit-Policy", policy);
        answer.set("RateLimit", "\"caller\";r=" + probe.getRemainingTokens() + ";t=" + Math.max(1, untilFull));
        if (!probe.isConsumed()) {
            throw new GatewayException(GatewayProblem.TOO_MANY_REQUESTS, "请求过于频繁，请在 " + wait + " 秒后再试",
                    Duration.ofSeconds(wait));
        }
    }

    private static String address(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getRequest().getRemoteAddress())
                .map(remote -> "address|" + remote.getAddress().getHostAddress()).orElse("address|");
    }
}
