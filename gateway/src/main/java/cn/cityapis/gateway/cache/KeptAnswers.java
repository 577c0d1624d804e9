package cn.cityapis.gateway.cache;

import cn.cityapis.gateway.settings.GatewaySettings;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Sinks;

/**
 * The answers themselves, within so many bytes, and which addresses have such answers: of all others nothing is known and
 * for them nothing is done.
 */
@Component
class KeptAnswers {

    /** Beside the characters of its address. */
    private static final int ENTRY = 200;
    private static final int SHARE_OF_ADDRESSES = 8;
    /** An address is known for longer than its answers are good: from the second time on one asks for all. */
    private static final Duration KNOWN = Duration.ofMinutes(10);

    private final Cache<String, List<String>> addresses;
    private final Cache<Wanted, KeptAnswer> answers;
    private final ConcurrentHashMap<Wanted, Sinks.One<KeptAnswer>> asked = new ConcurrentHashMap<>();

    /**
     * @param target the whole address, as it was sent
     * @param varied what the headers say by which the service chooses
     */
    record Wanted(String target, Permission permission, List<List<String>> varied) {
    }

    KeptAnswers(GatewaySettings settings, MeterRegistry meters) {
        long most = settings.cache().size().toBytes();
        this.addresses = Caffeine.newBuilder().expireAfterWrite(KNOWN).maximumWeight(most / SHARE_OF_ADDRESSES)
                .<String, List<String>>weigher((target, names) -> 2 * target.length() + ENTRY).build();
        this.answers = Caffeine.newBuilder().expireAfterWrite(KNOWN).maximumWeight(most)
                .<Wanted, KeptAnswer>weigher((wanted, kept) -> kept.weight() + 2 * wanted.target().length() + ENTRY)
                .build();
        Gauge.builder("gateway.cache.bytes", this, KeptAnswers::bytes).register(meters);
    }

    /** What is wanted, if the address is known for answers that are everybody's. */
    @Nullable
    Wanted wanted(String target, Jwt token, ServerHttpRequest request) {
        List<String> names = addresses.getIfPresent(target);
        return names == null ? null : wanted(target, names, token, request);
    }

    /** Notes that the address has such answers, and by what they differ. */
    Wanted learn(String target, HttpHeaders answer, Jwt token, ServerHttpRequest request) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(answer.getVary());
        // whether a service has the form that is asked for is its own matter
        names.add(HttpHeaders.ACCEPT);
        List<String> known = List.copyOf(names);
        addresses.put(target, known);
        return wanted(target, known, token, request);
    }

    private static Wanted wanted(String target, List<String> names, Jwt token, ServerHttpRequest request) {
        return new Wanted(target, Permission.of(token),
                names.stream().map(name -> List.copyOf(request.getHeaders().getOrEmpty(name))).toList());
    }

    @Nullable
    KeptAnswer fresh(Wanted wanted, Instant now) {
        KeptAnswer kept = answers.getIfPresent(wanted);
        return kept != null && kept.isFresh(now) ? kept : null;
    }

    void keep(Wanted wanted, KeptAnswer answer) {
        answers.put(wanted, answer);
        Sinks.One<KeptAnswer> others = asked.get(wanted);
        if (others != null) {
            others.tryEmitValue(answer);
        }
    }

    /** @return who asks for it already; null if the caller does from now on, who says when he has {@link #asked} */
    Sinks.@Nullable One<KeptAnswer> ask(Wanted wanted) {
        return asked.putIfAbsent(wanted, Sinks.one());
    }

    /** Whoever still waits has to ask for himself. */
    void asked(Wanted wanted) {
        Sinks.One<KeptAnswer> others = asked.remove(wanted);
        if (others != null) {
            others.tryEmitEmpty();
        }
    }

    private double bytes() {
        return answers.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L);
    }
}
