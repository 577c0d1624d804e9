package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** More at a time than can be served in time are told so at once, before anything is checked for them. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class Shedding implements WebFilter {

    private final int most;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Counter shed;

    Shedding(GatewaySettings settings, MeterRegistry meters) {
        this.most = settings.load().most();
        this.shed = meters.counter("gateway.shed");
        Gauge.builder("gateway.in.flight", inFlight, AtomicInteger::get).register(meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().startsWith("/actuator")) {
            return chain.filter(exchange);
        }
        if (inFlight.incrementAndGet() > most) {
            inFlight.decrementAndGet();
            shed.increment();
            return Mono.error(new GatewayException(GatewayProblem.UNAVAILABLE, "访问量过大，请稍后再试", Duration.ofSeconds(2)));
        }
        return chain.filter(exchange).doFinally(signal -> inFlight.decrementAndGet());
    }
}
