package cn.cityapis.gateway.route;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * No caller has all of a bulkhead: calls that hang or crawl, of one, leave room for those of the others. Nor has a client
 * for all it acts for: the subjects of its tokens are its own to choose.
 */
final class Shares {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final int most;
    private final int mostOfClient;
    private final Counter refused;
    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * @param most calls of one caller at a time
     * @param parallel calls of all; a client has what one caller has, and half of the rest
     */
    Shares(int most, int parallel, MeterRegistry meters) {
        this.most = most;
        this.mostOfClient = most + (Math.max(0, parallel - most) + 1) / 2;
        this.refused = meters.counter("gateway.limit.refusals", "limit", "parallel");
    }

    /** @param client null without a good token */
    Mono<Void> within(String caller, @Nullable String client, Supplier<Mono<Void>> call) {
        return client == null
                ? within("caller " + caller, most, call)
                : within("caller " + caller, most, () -> within("client " + client, mostOfClient, call));
    }

    private Mono<Void> within(String key, int limit, Supplier<Mono<Void>> call) {
        if (underWay.merge(key, 1, Integer::sum) > limit) {
            leave(key);
            refused.increment();
            return Mono.error(new GatewayException(GatewayProblem.TOO_MANY_REQUESTS, "同时进行的请求过多，请稍后再试", SOON));
        }
        return call.get().doFinally(signal -> leave(key));
    }

    private void leave(String key) {
        underWay.computeIfPresent(key, (same, calls) -> calls == 1 ? null : calls - 1);
    }
}
