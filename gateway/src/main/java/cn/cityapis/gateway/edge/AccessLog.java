package cn.cityapis.gateway.edge;

import cn.cityapis.gateway.settings.ClientAddress;
import cn.cityapis.gateway.settings.ExchangeFacts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * One line and one measurement for each exchange, when its answer begins. No value of a query is written, no long
 * number of a path, no whole address: who reads the log learns about programs, not about people.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class AccessLog implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger("cn.cityapis.gateway.access");
    private static final Pattern NUMBER = Pattern.compile("\\d{6,}[0-9Xx]*");
    private static final int LONGEST_PATH = 200;
    private static final int GONE = 499;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z]{1,40}");
    private static final Pattern V4 = Pattern.compile("\\.\\d+$");
    private static final Pattern V6 = Pattern.compile("^((?:[0-9a-fA-F]*:){3}).*");

    private final MeterRegistry meters;
    private final Map<Measured, Timer> timers = new ConcurrentHashMap<>();

    /** @param hundreds of the status */
    private record Measured(String service, int hundreds) {
    }

    AccessLog(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long start = System.nanoTime();
        AtomicBoolean told = new AtomicBoolean();
        exchange.getResponse().beforeCommit(() -> {
            HttpStatusCode status = exchange.getResponse().getStatusCode();
            tell(exchange, status == null ? 200 : status.value(), start, told);
            return Mono.empty();
        });
        return chain.filter(exchange).doOnCancel(() -> tell(exchange, GONE, start, told));
    }

    private void tell(ServerWebExchange exchange, int status, long start, AtomicBoolean told) {
        String path = exchange.getRequest().getPath().value();
        if (path.startsWith("/actuator") || told.getAndSet(true)) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        timers.computeIfAbsent(new Measured(service(path), status / 100), this::timer).record(took);
        if (LOG.isInfoEnabled()) {
            LOG.info("{} {} status={} ms={} client={} from={} request={} trace={}", exchange.getRequest().getMethod(),
                    masked(exchange.getRequest()), status, took.toMillis(), ExchangeFacts.client(exchange),
                    network(ClientAddress.of(exchange)), ExchangeFacts.requestId(exchange),
                    ExchangeFacts.traceId(exchange));
        }
    }

    private Timer timer(Measured what) {
        return Timer.builder("gateway.requests").tag("service", what.service()).tag("status", what.hundreds() + "xx")
                .publishPercentileHistogram().register(meters);
    }

    static String masked(ServerHttpRequest request) {
        String path = NUMBER.matcher(request.getPath().value()).replaceAll("***");
        String names = request.getURI().getRawQuery() == null
                ? ""
                : String.join(",", request.getQueryParams().keySet().stream().sorted().limit(20)
                        .map(name -> PLAIN_NAME.matcher(name).matches() ? name : "***").toList());
        String whole = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
        return names.isEmpty() ? whole : whole + "?" + names;
    }

    /** The /24 or the /48 of an address. */
    static String network(String address) {
        return address.indexOf(':') >= 0
                ? V6.matcher(address).replaceFirst("$1:/48")
                : V4.matcher(address).replaceFirst(".0/24");
    }

    private static String service(String path) {
        String[] parts = path.split("/", 4);
        return switch (parts.length > 1 ? parts[1] : "") {
            case "api" -> parts.length > 2 && ApiToken.SERVICES.contains(parts[2]) ? parts[2] : "none";
            case "oauth2", ".well-known" -> "identity";
            case "docs", "" -> "pages";
            default -> "none";
        };
    }
}
