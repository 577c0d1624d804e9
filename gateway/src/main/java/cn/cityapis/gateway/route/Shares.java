package cn.cityapis.gateway.route;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** No caller has all of a bulkhead: calls that hang or crawl, of one, leave room for those of the others. */
final class Shares {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final int most;
    private final Counter refused;
    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

    /** @param most calls of one caller at a time */
    Shares(int most, MeterRegistry meters) {
        this.most = most;
        this.refused = meters.counter("gateway.limit.refusals", "limit", "parallel");
    }

    Mono<Void> within(String caller, Supplier<Mono<Void>> call) {
        if (underWay.merge(caller, 1, Integer::sum) > most) {
            leave(caller);
            refused.increment();
            return Mono.error(new GatewayException(GatewayProblem.TOO_MANY_REQUESTS, "同时进行的请求过多，请稍后再试", SOON));
        }
        return call.get().doFinally(signal -> leave(caller));
    }

    private void leave(String caller) {
        underWay.computeIfPresent(caller, (key, calls) -> calls == 1 ? null : calls - 1);
    }
}
