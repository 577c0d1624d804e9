package cn.cityapis.policy.subscription;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Documents;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.text.Status;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes {@code policy.status-changed} to who was told of a document whose status has become another: it comes into force or runs
 * out with the day, another document repeals or prolongs it, or the office has set its dates. A document is looked at once a day and
 * when it has changed. One replica tells at a time, the same that tells of new versions.
 */
@Component
class TellStatus {

    static final String EVENT = "policy.status-changed";
    private static final int PAGE = 100;

    /**
     * The payload of the event.
     *
     * @param before what was told last
     * @param status on the day it is told
     * @param statusText the same in words for citizens
     */
    record StatusChanged(UUID subscriptionId, UUID documentId, int version, @Nullable String documentNumber,
            String title, Status before, Status status, String statusText, LocalDate statusOn, String permalink) {
    }

    private final ToldDocuments told;
    private final Announcements announcements;
    private final Documents documents;
    private final Outbox outbox;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final int atOnce;

    TellStatus(ToldDocuments told, Announcements announcements, Documents documents, Outbox outbox,
            TransactionalOperator transaction, Clock clock, @Value("${policy.tell-at-once:200}") int atOnce) {
        this.told = told;
        this.announcements = announcements;
        this.documents = documents;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
        this.atOnce = atOnce;
    }

    /** Until each that is due was looked at; one that fails holds up no other, and is due again. */
    @Scheduled(fixedDelayString = "${policy.status-poll:PT1M}")
    Mono<Void> tell() {
        LocalDate today = LocalDate.now(clock);
        return Sweep.run(sweep -> page(sweep, today, new UUID(0, 0))
                .expand(works -> works.size() < PAGE ? Mono.empty() : page(sweep, today, works.getLast())).then());
    }

    private Mono<List<UUID>> page(Sweep sweep, LocalDate today, UUID after) {
        return told.due(today, after, PAGE).flatMap(works -> Flux.fromIterable(works)
                .concatMap(work -> sweep.passOver("subscribers could not be told of the status of document " + work,
                        step(work, today).expand(more -> more ? step(work, today) : Mono.empty()).then()))
                .then(Mono.just(works)));
    }

    /** Some subscriptions, in a transaction of their own. Answers whether there may be more. */
    private Mono<Boolean> step(UUID work, LocalDate today) {
        return announcements.turn().filter(mine -> mine).flatMap(mine -> told.state(work))
                .flatMap(state -> documents.current(List.of(work))
                        .flatMap(held -> tell(work, state, today, held.stream().findFirst())))
                .as(transaction::transactional).defaultIfEmpty(false);
    }

    private Mono<Boolean> tell(UUID work, long state, LocalDate today, Optional<DocumentVersion> held) {
        if (held.isEmpty()) {
            return told.checked(work, state, today, null).thenReturn(false);
        }
        DocumentVersion document = held.get();
        Status now = document.standing().on(today);
        return told.outdated(work, now, atOnce).flatMap(outdated -> Flux.fromIterable(outdated)
                .concatMap(one -> publish(one, document, now, today))
                .then(outdated.size() < atOnce ? told.checked(work, state, today, now) : Mono.empty())
                .thenReturn(outdated.size() == atOnce));
    }

    private Mono<Void> publish(ToldDocuments.Outdated one, DocumentVersion document, Status now, LocalDate today) {
        StatusChanged changed = new StatusChanged(one.subscription(), document.id(), document.version(),
                document.number(), document.title(), one.told(), now, document.standing().wording(today), today,
                Permalinks.document(document.number(), document.id()));
        return told.told(one.subscription(), document.id(), now)
                .then(outbox.publishTo(one.client(), EVENT, "subscriptions/" + one.subscription(), changed));
    }
}
