package cn.cityapis.policy.subscription;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Documents;
import cn.cityapis.policy.entitlement.Offers;
import cn.cityapis.policy.search.MatchDocument;
import cn.cityapis.policy.search.SavedQuery;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.Status;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks the subscriptions of each new version, the oldest first (but those that failed wait), and publishes {@code policy.matched} for each that it
 * matches, unless it has ended. Matches, events and how far it has come are one transaction for some subscriptions at a time: who takes over
 * after a crash goes on behind the last of them. One replica tells at a time.
 */
@Component
class TellSubscribers {

    static final String EVENT = "policy.matched";
    private static final int MOST_ARTICLES = 20;

    /**
     * The payload of the event.
     *
     * @param status on the day it is told
     */
    record Matched(UUID subscriptionId, UUID documentId, int version, @Nullable String documentNumber, News news,
            Status status, List<Match.MatchedArticle> articles) {
    }

    private record Read(DocumentVersion document, News news, List<Article> articles, List<Offers.Offer> offers) {
    }

    private static final class NotTold extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Announcements.Open announced;

        NotTold(Announcements.Open announced, Throwable cause) {
            super(cause);
            this.announced = announced;
        }
    }

    private final Announcements announcements;
    private final Subscriptions subscriptions;
    private final ToldDocuments told;
    private final Documents documents;
    private final Offers offers;
    private final MatchDocument queries;
    private final Outbox outbox;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final int atOnce;

    TellSubscribers(Announcements announcements, Subscriptions subscriptions, ToldDocuments told,
            Documents documents, Offers offers, MatchDocument queries, Outbox outbox, TransactionalOperator transaction,
            Clock clock, @Value("${policy.tell-at-once:200}") int atOnce) {
        this.announcements = announcements;
        this.subscriptions = subscriptions;
        this.told = told;
        this.documents = documents;
        this.offers = offers;
        this.queries = queries;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
        this.atOnce = atOnce;
    }

    @Scheduled(fixedDelayString = "${policy.tell-poll:PT1S}")
    Mono<Void> tell() {
        return tellAll();
    }

    /** Until nothing is left, or somebody else is at it. */
    Mono<Void> tellAll() {
        return Sweep.run(sweep -> settleUnasked().then(step(sweep))
                .expand(more -> more ? step(sweep) : Mono.empty()).then());
    }

    private Mono<Void> settleUnasked() {
        return announcements.turn().filter(mine -> mine).flatMap(mine -> announcements.settleUnasked())
                .as(transaction::transactional);
    }

    private Mono<Boolean> step(Sweep sweep) {
        return announcements.turn().filter(mine -> mine).flatMap(mine -> announcements.oldest())
                .flatMap(announced -> subscriptions.next(announced, atOnce).flatMap(asked -> tell(announced, asked))
                        .onErrorMap(error -> new NotTold(announced, error)).thenReturn(true))
                .as(transaction::transactional).onErrorResume(NotTold.class, failed -> postpone(sweep, failed))
                .defaultIfEmpty(false);
    }

    /** Those behind it do not wait for a version that cannot be told of. */
    private Mono<Boolean> postpone(Sweep sweep, NotTold failed) {
        return sweep.passOver("subscribers could not be told of version " + failed.announced.version(),
                Mono.<Boolean>error(failed)).then(announcements.postpone(failed.announced)).thenReturn(true);
    }

    private Mono<Void> tell(Announcements.Open announced, List<Subscription> asked) {
        UUID last = asked.isEmpty() ? announced.reached() : asked.getLast().id();
        Mono<Void> told = asked.isEmpty()
                ? Mono.empty()
                : read(announced).filter(read -> !ended(read.document())).flatMap(read -> matching(read, asked)
                        .flatMap(matching -> Flux.fromIterable(matching.entrySet())
                                .concatMap(one -> publish(announced, read, one.getKey(), one.getValue())).then()));
        return told.then(announcements.reached(announced, last, asked.size() < atOnce));
    }

    private Mono<Read> read(Announcements.Open announced) {
        UUID version = announced.version();
        return documents.versions(announced.work()).flatMap(all -> {
            DocumentVersion document = all.stream().filter(one -> one.versionId().equals(version)).findFirst()
                    .orElseThrow();
            return Mono.zip(documents.articles(List.of(version)), offers.of(version),
                    (articles, found) -> new Read(document, News.of(document, all),
                            articles.getOrDefault(version, List.of()), found));
        });
    }

    /** A rule that held once is no news, though its issue is loaded only now. */
    private boolean ended(DocumentVersion document) {
        Status today = today(document);
        return today == Status.EXPIRED || today == Status.REPEALED;
    }

    private Status today(DocumentVersion document) {
        return document.standing().on(LocalDate.now(clock));
    }

    /** The articles that each subscription is to be told of, in the order of the subscriptions. */
    private Mono<Map<Subscription, List<String>>> matching(Read read, List<Subscription> asked) {
        Map<UUID, SavedQuery> saved = new LinkedHashMap<>();
        asked.forEach(one -> {
            if (one.query() != null) {
                saved.put(one.id(), one.query());
            }
        });
        return queries.match(read.document(), read.articles(), saved).map(answered -> {
            Map<Subscription, List<String>> matching = new LinkedHashMap<>();
            for (Subscription one : asked) {
                Profile profile = one.profile();
                List<String> articles = profile != null
                        ? profile.articles(read.offers())
                        : answered.getOrDefault(one.id(), List.of());
                if (!articles.isEmpty()) {
                    matching.put(one, articles.subList(0, Math.min(MOST_ARTICLES, articles.size())));
                }
            }
            return matching;
        });
    }

    /** To the program that subscribed, for itself or for its citizen, and to nobody else. */
    private Mono<Void> publish(Announcements.Open announced, Read read, Subscription subscription,
            List<String> articles) {
        DocumentVersion document = read.document();
        Status status = today(document);
        Matched matched = new Matched(subscription.id(), document.id(), document.version(), document.number(),
                read.news(), status, articles.stream()
                        .map(key -> Subscriptions.article(document.number(), document.id(), document.version(), key))
                        .toList());
        return subscriptions.matched(subscription.id(), announced, articles).filter(first -> first)
                .flatMap(first -> told.told(subscription.id(), document.id(), status.code())
                        .then(outbox.publishTo(subscription.clientId(), EVENT, "subscriptions/" + subscription.id(),
                                matched)));
    }
}
