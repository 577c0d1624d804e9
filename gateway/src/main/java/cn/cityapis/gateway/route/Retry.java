package cn.cityapis.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.PrematureCloseException;

/** Reads once more, after a short while that differs, when the connection failed; nothing else is ever sent twice. */
final class Retry {

    private static final int LEAST_MILLIS = 10;
    private static final int MOST_MILLIS = 60;

    private Retry() {
    }

    static GatewayFilter of(String route, RetryBudget budget, MeterRegistry meters) {
        return new OrderedGatewayFilter((exchange, chain) -> {
            if (exchange.getRequest().getMethod() != HttpMethod.GET) {
                return chain.filter(exchange);
            }
            budget.firstAttempt();
            return chain.filter(exchange).onErrorResume(failure -> {
                if (!connectionFailed(failure) || exchange.getResponse().isCommitted() || !budget.take()) {
                    return Mono.error(failure);
                }
                meters.counter("gateway.retries", "route", route).increment();
                Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(LEAST_MILLIS, MOST_MILLIS));
                return Mono.delay(pause).then(Mono.defer(() -> {
                    asNew(exchange);
                    return chain.filter(exchange);
                }));
            });
        }, 2);
    }

    private static void asNew(ServerWebExchange exchange) {
        Connection broken = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        if (broken != null) {
            broken.dispose();
        }
        ServerWebExchangeUtils.reset(exchange);
    }

    private static boolean connectionFailed(Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> true;
            case PrematureCloseException broken -> true;
            case SocketException reset -> true;
            default -> failure.getCause() != null && failure.getCause() != failure
                    && connectionFailed(failure.getCause());
        };
    }
}
