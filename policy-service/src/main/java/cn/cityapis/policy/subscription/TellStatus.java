package cn.cityapis.policy.subscription;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Documents;
import cn.cityapis.policy.document.Permalinks;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
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
 * out with the day, another document repeals or prolongs it, or the office has set its dates or withdrawn it. A document is looked at once a day and
 * when it has changed. One replica tells at a time, the same that tells of new versions.
 */
@Component
class TellStatus {

    static final String EVENT = "policy.status-changed";
    private static final int PAGE = 100;

    /** What no version of is held any more: the office has withdrawn the last. */
    private static final String WITHDRAWN = "withdrawn";

    /**
     * The payload of the event.
     *
     * @param version what says so; none where the last was withdrawn, nor a permalink
     * @param before what was told last
     * @param status a {@link cn.cityapis.policy.text.Status} on the day it is told, or withdrawn
     * @param statusText the same in words for citizens
     */
    record StatusChanged(UUID subscriptionId, UUID documentId, @Nullable Integer version,
            @Nullable String documentNumber, String title, String before, String status, String statusText,
            LocalDate statusOn, @Nullable String permalink) {
    }

    /** A document as it stands today. */
    private record Standing(UUID work, @Nullable Integer version, @Nullable String number, String title, String status,
            String text, @Nullable String permalink) {

        static Standing of(DocumentVersion held, LocalDate today) {
            return new Standing(held.id(), held.version(), held.number(), held.title(),
                    held.standing().on(today).code(), held.standing().wording(today),
                    Permalinks.document(held.number(), held.id()));
        }

        static Standing withdrawn(UUID work, ToldDocuments.Name name) {
            return new Standing(work, null, name.number(), name.title(), WITHDRAWN, "收录有误，已撤回，不再提供", null);
        }
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
                .flatMap(state -> standing(work, today).flatMap(now -> tell(now, state, today)))
                .as(transaction::transactional).defaultIfEmpty(false);
    }

    private Mono<Standing> standing(UUID work, LocalDate today) {
        return documents.current(List.of(work)).flatMap(held -> held.isEmpty()
                ? told.lastName(work).map(name -> Standing.withdrawn(work, name))
                : Mono.just(Standing.of(held.getFirst(), today)));
    }

    private Mono<Boolean> tell(Standing now, long state, LocalDate today) {
        return told.outdated(now.work(), now.status(), atOnce).flatMap(outdated -> Flux.fromIterable(outdated)
                .concatMap(one -> publish(one, now, today))
                .then(outdated.size() < atOnce ? told.checked(now.work(), state, today, now.status()) : Mono.empty())
                .thenReturn(outdated.size() == atOnce));
    }

    private Mono<Void> publish(ToldDocuments.Outdated one, Standing now, LocalDate today) {
        StatusChanged changed = new StatusChanged(one.subscription(), now.work(), now.version(), now.number(),
                now.title(), one.told(), now.status(), now.text(), today, now.permalink());
        return told.told(one.subscription(), now.work(), now.status())
                .then(outbox.publishTo(one.client(), EVENT, "subscriptions/" + one.subscription(), changed));
    }
}
