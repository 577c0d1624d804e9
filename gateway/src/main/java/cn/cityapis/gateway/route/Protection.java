package cn.cityapis.gateway.route;

import cn.cityapis.gateway.pages.PageSettings;
import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.settings.ExchangeFacts;
import cn.cityapis.gateway.settings.GatewaySettings;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What keeps one service that is dead, broken or hanging from slowing the others. */
@Component
class Protection {

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final MeterRegistry meters;
    private final int retriesPercent;
    private final int each;
    private final int parallel;
    private final String pages;
    private final GatewaySettings.Time time;

    Protection(GatewaySettings settings, PageSettings pages, MeterRegistry meters) {
        this.pages = pages.clientId();
        this.meters = meters;
        this.retriesPercent = settings.load().retriesPercent();
        this.each = settings.breaker().each();
        this.parallel = settings.breaker().parallel();
        this.time = settings.time();
        GatewaySettings.Breaker limits = settings.breaker();
        breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(limits.calls())
                .minimumNumberOfCalls(limits.least())
                .waitDurationInOpenState(limits.open())
                .permittedNumberOfCallsInHalfOpenState(2)
                // refused calls are many when a service is sick, and all alike
                .writableStackTraceEnabled(false)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                // the gateway's own refusals, such as a body too large, say nothing of the service
                .ignoreExceptions(GatewayException.class)
                .build());
        bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(limits.parallel()).maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false).build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    /** Reading calls that failed on their connection are made once more, inside of what protects the service. */
    GatewayFilter retry(String route) {
        return Retry.of(route, new RetryBudget(retriesPercent), meters);
    }

    /** The caller's share stands outside, so that what is refused takes no place. */
    List<GatewayFilter> of(String route, Duration whole) {
        return List.of(share(), untilTheAnswerBegins(route, whole));
    }

    /** Until the answer has been taken: as long as it has not, it holds a connection to the service. */
    private GatewayFilter share() {
        Shares shares = new Shares(each, parallel, meters);
        return new OrderedGatewayFilter(
                (exchange, chain) -> shares.within(ExchangeFacts.caller(exchange), accountable(exchange),
                        () -> chain.filter(exchange)),
                NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1);
    }

    /** The client answers for all it acts for; that of the pages for none of its visitors, or two would keep out all. */
    private @Nullable String accountable(ServerWebExchange exchange) {
        String client = ExchangeFacts.client(exchange);
        return pages.equals(client) ? null : client;
    }

    /** The bulkhead stands outside, so that its refusals do not count as failures of the service. */
    private GatewayFilter untilTheAnswerBegins(String route, Duration whole) {
        CircuitBreaker breaker = breakers.circuitBreaker(route);
        Bulkhead bulkhead = bulkheads.bulkhead(route);
        Counter stalled = meters.counter("gateway.stalled.answers", "route", route);
        return new OrderedGatewayFilter((exchange, chain) -> {
            Silence silence = new Silence(time.pause());
            return inTime(exchange, chain, whole, silence)
                    .transformDeferred(CircuitBreakerOperator.of(breaker))
                    .transformDeferred(BulkheadOperator.of(bulkhead))
                    .doOnSuccess(begun -> Answer.limit(exchange, silence, () -> stalled(breaker, stalled)));
        }, 1);
    }

    /** That the answer had begun has been counted as a success. */
    private TimeoutException stalled(CircuitBreaker breaker, Counter count) {
        TimeoutException failure = new TimeoutException(
                breaker.getName() + " sent nothing more of its answer for " + time.pause());
        breaker.onError(time.pause().toNanos(), TimeUnit.NANOSECONDS, failure);
        count.increment();
        return failure;
    }

    private Mono<Void> inTime(ServerWebExchange exchange, GatewayFilterChain chain, Duration whole, Silence answer) {
        if (!Upload.isOne(exchange.getRequest())) {
            return chain.filter(exchange).timeout(time.response());
        }
        Upload upload = new Upload(exchange.getRequest(), time.part(), answer);
        return chain.filter(exchange.mutate().request(upload).build())
                .timeout(upload.over(whole, time.response()), Mono.error(upload::late));
    }
}
