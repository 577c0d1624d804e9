package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes one of each limit and says in the answer's headers how much is left (draft-ietf-httpapi-ratelimit-headers). */
@Component
public class Limiting {

    private final Counters counters;
    private final GatewaySettings.Refusals refusals;
    private final MeterRegistry meters;
    private final InstantSource time;

    Limiting(Counters counters, GatewaySettings settings, MeterRegistry meters, InstantSource time) {
        this.counters = counters;
        this.refusals = settings.refusals();
        this.meters = meters;
        this.time = time;
    }

    /** @return an error with the problem {@code too-many-requests} if one of them is used up */
    Mono<Void> take(List<Limit> limits, HttpHeaders answer) {
        Flux<Taken> each = Flux.fromIterable(limits).concatMap(limit -> counters.take(limit, time.instant()));
        return each.takeUntil(taken -> !taken.allowed()).collectList()
                .flatMap(taken -> {
                    say(taken, answer);
                    return taken.getLast().allowed() ? Mono.empty() : refuse(taken.getLast());
                });
    }

    /**
     * Whoever sends tokens that are none is told to wait after some: it costs him nothing to send them, and us a check
     * each. A good token from the same address passes, for others may be behind it.
     */
    public Mono<Void> takeRefusal(String network, HttpHeaders answer) {
        return take(List.of(
                new Limit.Bucket("refused", "refused|" + network, refusals.burst(), refusals.perSecond())), answer);
    }

    private static void say(List<Taken> taken, HttpHeaders answer) {
        answer.set("RateLimit-Policy", taken.stream().map(Taken::limit)
                .map(limit -> "\"" + limit.name() + "\";q=" + limit.quota() + ";w=" + limit.windowSeconds())
                .collect(Collectors.joining(", ")));
        answer.set("RateLimit", taken.stream()
                .map(one -> "\"" + one.limit().name() + "\";r=" + one.remaining() + ";t=" + seconds(one.full()))
                .collect(Collectors.joining(", ")));
    }

    private Mono<Void> refuse(Taken taken) {
        meters.counter("gateway.limit.refusals", "limit", taken.limit().name()).increment();
        long wait = seconds(taken.next());
        String detail = switch (taken.limit()) {
            case Limit.Bucket bucket -> "请求过于频繁，请在 " + wait + " 秒后再试";
            case Limit.Day day -> "今天的请求次数已用完，请明天再试";
        };
        return Mono.error(
                new GatewayException(GatewayProblem.TOO_MANY_REQUESTS, detail, Duration.ofSeconds(wait)));
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
