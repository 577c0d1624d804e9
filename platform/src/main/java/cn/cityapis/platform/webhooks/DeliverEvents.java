package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.jobs.Sweep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings events to webhooks, at least once and in order per subject. Any number of replicas share the work: what one has
 * taken and not finished because it died is taken again when its lease is over.
 */
final class DeliverEvents {

    /** After which time of nothing but failures a webhook is stopped. */
    static final Duration PATIENCE = Duration.ofDays(5);
    static final int MOST_UNDER_WAY = 64;
    private static final Duration LEASE = Duration.ofMinutes(1);
    static final Duration REMEMBERED = Duration.ofDays(30);

    private final Deliveries deliveries;
    private final OldEvents old;
    private final Webhooks webhooks;
    private final SendWebhook sending;
    private final TransactionalOperator transaction;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();

    DeliverEvents(Deliveries deliveries, OldEvents old, Webhooks webhooks, SendWebhook sending,
            TransactionalOperator transaction,
            MeterRegistry metrics, Clock clock) {
        this.deliveries = deliveries;
        this.old = old;
        this.webhooks = webhooks;
        this.sending = sending;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        // a series that begins with its first event shows no increase to an alert
        Stream.of("delivered", "failed", "dead").forEach(this::counter);
    }

    /**
     * At a fixed rate: a receiver that takes its time holds up no other. The scheduler calls this once and subscribes each
     * time, so all that depends on the moment is deferred.
     */
    @Scheduled(fixedRateString = "${platform.webhooks.every:PT1S}")
    Mono<Void> deliver() {
        return Sweep.run(sweep -> handOut().then(deliverDue(sweep)));
    }

    @Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT15M")
    Mono<Void> forget() {
        return Mono.defer(() -> old.forget(REMEMBERED));
    }

    private Mono<Void> handOut() {
        return inTurn(deliveries.handOut()).expand(more -> more ? inTurn(deliveries.handOut()) : Mono.empty()).then();
    }

    /** Goes on at once while there is something to do. */
    private Mono<Void> deliverDue(Sweep sweep) {
        return some(sweep).expand(count -> count == 0 ? Mono.empty() : some(sweep)).then();
    }

    private Mono<Long> some(Sweep sweep) {
        return Mono.defer(() -> someAtOnce(sweep));
    }

    private Mono<Long> someAtOnce(Sweep sweep) {
        int most = MOST_UNDER_WAY - underWay.get();
        return most <= 0
                ? Mono.empty()
                : inTurn(deliveries.take(most, LEASE)).flatMapMany(Flux::fromIterable)
                        .flatMap(due -> deliverOne(sweep, due).thenReturn(due), MOST_UNDER_WAY)
                        .count();
    }

    private <T> Mono<T> inTurn(Mono<T> work) {
        return deliveries.turn().filter(mine -> mine).flatMap(mine -> work).as(transaction::transactional);
    }

    /** Where that fails, its lease runs out, then it is tried again. */
    private Mono<Void> deliverOne(Sweep sweep, Deliveries.Due due) {
        return sweep.passOver("Event " + due.event().id() + " cannot be delivered now", Mono.defer(() -> {
            underWay.incrementAndGet();
            return webhooks.secrets(due.webhookId())
                    .flatMap(secrets -> sending.send(due, secrets))
                    .flatMap(outcome -> record(due, outcome).as(transaction::transactional));
        })).doFinally(signal -> underWay.decrementAndGet());
    }

    /** The webhook before its delivery, as whoever removes it has them: neither waits for the other. */
    private Mono<Void> record(Deliveries.Due due, SendWebhook.Outcome outcome) {
        if (outcome.taken()) {
            count("delivered");
            return webhooks.succeeded(due.webhookId()).then(deliveries.delivered(due, statusOf(outcome)));
        }
        Instant next = RetrySchedule.waitAfter(due.attempts() + 1, ThreadLocalRandom.current().nextDouble())
                .map(wait -> clock.instant().plus(wait)).orElse(null);
        count(next == null ? "dead" : "failed");
        return webhooks.failed(due.webhookId())
                .flatMap(since -> deliveries.failed(due, outcome.status(), String.valueOf(outcome.error()), next)
                        .then(stopIfHopeless(due, outcome, since)));
    }

    private Mono<Void> stopIfHopeless(Deliveries.Due due, SendWebhook.Outcome outcome, Instant failingSince) {
        if (outcome.gone()) {
            return webhooks.stop(due.webhookId(), Webhook.StopReason.GONE);
        }
        return failingSince.plus(PATIENCE).isAfter(clock.instant())
                ? Mono.empty()
                : webhooks.stop(due.webhookId(), Webhook.StopReason.FAILING);
    }

    private static int statusOf(SendWebhook.Outcome outcome) {
        Integer status = outcome.status();
        return status == null ? 0 : status;
    }

    private void count(String outcome) {
        counter(outcome).increment();
    }

    private Counter counter(String outcome) {
        return Counter.builder("webhook.deliveries").description("Attempts to deliver an event")
                .tag("outcome", outcome).register(metrics);
    }
}
