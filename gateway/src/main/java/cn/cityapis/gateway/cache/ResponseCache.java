package cn.cityapis.gateway.cache;

import cn.cityapis.gateway.settings.ExchangeFacts;
import cn.cityapis.gateway.settings.GatewaySettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;

/**
 * Readings that their service declares to be everybody's for so many seconds are answered from here in the meantime, and
 * asked for once by all who want them at a time. Token, limits and shares have been looked at before.
 */
@Component
public class ResponseCache {

    private static final int WHERE = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER + 1;

    private final GatewaySettings.Cache settings;
    private final Duration patience;
    private final KeptAnswers kept;
    private final InstantSource time;
    private final Counter hit;
    private final Counter shared;
    private final Counter miss;

    ResponseCache(GatewaySettings settings, KeptAnswers kept, MeterRegistry meters, InstantSource time) {
        this.settings = settings.cache();
        this.patience = settings.time().response();
        this.kept = kept;
        this.time = time;
        this.hit = meters.counter("gateway.cache.readings", "outcome", "hit");
        this.shared = meters.counter("gateway.cache.readings", "outcome", "shared");
        this.miss = meters.counter("gateway.cache.readings", "outcome", "miss");
    }

    /** Stands before what protects the service. */
    public GatewayFilter filter() {
        return new OrderedGatewayFilter((exchange, chain) -> {
            Jwt token = ExchangeFacts.token(exchange);
            return token == null || !settings.on() || !isPlainReading(exchange.getRequest())
                    ? chain.filter(exchange)
                    : read(exchange, chain, token);
        }, WHERE);
    }

    private static boolean isPlainReading(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String said = headers.getFirst(HttpHeaders.CACHE_CONTROL);
        return request.getMethod() == HttpMethod.GET && !headers.containsHeader(HttpHeaders.RANGE)
                && !headers.containsHeader(HttpHeaders.IF_MATCH) && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                && (said == null || !said.contains("no-store"));
    }

    private Mono<Void> read(ServerWebExchange exchange, GatewayFilterChain chain, Jwt token) {
        String target = exchange.getRequest().getURI().toString();
        KeptAnswers.Wanted wanted = kept.wanted(target, token, exchange.getRequest());
        if (wanted == null) {
            return chain.filter(exchange).then(Mono.defer(() -> keep(exchange, target, token)));
        }
        Mono<Void> ask = Mono.defer(() -> ask(exchange, chain, target, token));
        if (wantsItAnew(exchange.getRequest())) {
            return ask;
        }
        KeptAnswer answer = kept.fresh(wanted, time.instant());
        return answer == null ? together(exchange, wanted, ask) : give(exchange, answer, hit);
    }

    /** Who must see what he has just done says so. */
    private static boolean wantsItAnew(ServerHttpRequest request) {
        String said = request.getHeaders().getFirst(HttpHeaders.CACHE_CONTROL);
        return said != null && (said.contains("no-cache") || said.contains("max-age=0"));
    }

    private Mono<Void> together(ServerWebExchange exchange, KeptAnswers.Wanted wanted, Mono<Void> ask) {
        Sinks.One<KeptAnswer> others = kept.ask(wanted);
        if (others == null) {
            // who asked before has perhaps just been answered
            KeptAnswer answer = kept.fresh(wanted, time.instant());
            return (answer == null ? ask : give(exchange, answer, hit)).doFinally(end -> kept.asked(wanted));
        }
        return others.asMono().timeout(patience, Mono.empty()).map(Optional::of).defaultIfEmpty(Optional.empty())
                .flatMap(answer -> answer.map(one -> give(exchange, one, shared)).orElse(ask));
    }

    /** Whole, whatever the caller has already: others want it too. */
    private Mono<Void> ask(ServerWebExchange exchange, GatewayFilterChain chain, String target, Jwt token) {
        miss.increment();
        ServerWebExchange whole = exchange.mutate()
                .request(request -> request.headers(headers -> headers.remove(HttpHeaders.IF_NONE_MATCH))).build();
        return chain.filter(whole).then(Mono.defer(() -> keep(exchange, target, token)));
    }

    /** Takes over the answer that has begun, if it may be kept; what has not been taken over is passed on as it comes. */
    private Mono<Void> keep(ServerWebExchange exchange, String target, Jwt token) {
        HttpHeaders answer = exchange.getResponse().getHeaders();
        Duration lifetime = Lifetime.of(answer);
        Connection connection = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        if (lifetime.isZero() || connection == null) {
            return Mono.empty();
        }
        long length = answer.getContentLength();
        KeptAnswers.Wanted wanted = kept.learn(target, answer, token, exchange.getRequest());
        if (exchange.getResponse().getStatusCode() != HttpStatus.OK || length < 0
                || length > settings.entry().toBytes()) {
            return Mono.empty();
        }
        Instant now = time.instant();
        return connection.inbound().receive().aggregate().asByteArray().defaultIfEmpty(new byte[0]).flatMap(body -> {
            KeptAnswer one = KeptAnswer.of(answer, body, now, lifetime);
            kept.keep(wanted, one);
            exchange.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
            return one.give(exchange.getRequest(), exchange.getResponse(), now);
        });
    }

    private Mono<Void> give(ServerWebExchange exchange, KeptAnswer answer, Counter counter) {
        counter.increment();
        return answer.give(exchange.getRequest(), exchange.getResponse(), time.instant());
    }
}
