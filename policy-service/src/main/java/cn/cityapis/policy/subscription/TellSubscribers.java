package cn.cityapis.policy.subscription;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Documents;
import cn.cityapis.policy.entitlement.Offers;
import cn.cityapis.policy.search.MatchDocument;
import cn.cityapis.policy.search.SavedQuery;
import cn.cityapis.policy.text.Article;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks the subscriptions of each new version, the oldest first (but those that failed wait), and publishes {@code policy.matched} for each that it
 * matches. Matches, events and how far it has come are one transaction for some subscriptions at a time: who takes over
 * after a crash goes on behind the last of them. One replica tells at a time.
 */
@Component
class TellSubscribers {

    static final String EVENT = "policy.matched";
    private static final Logger LOG = LoggerFactory.getLogger(TellSubscribers.class);
    private static final int MOST_ARTICLES = 20;

    /** The payload of the event. */
    record Matched(UUID subscriptionId, UUID documentId, int version, @Nullable String documentNumber,
            List<Match.MatchedArticle> articles) {
    }

    private record Read(DocumentVersion document, List<Article> articles, List<Offers.Offer> offers) {
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
    private final Documents documents;
    private final Offers offers;
    private final MatchDocument queries;
    private final Outbox outbox;
    private final TransactionalOperator transaction;
    private final int atOnce;

    TellSubscribers(Announcements announcements, Subscriptions subscriptions, Documents documents, Offers offers,
            MatchDocument queries, Outbox outbox, TransactionalOperator transaction,
            @Value("${policy.tell-at-once:200}") int atOnce) {
        this.announcements = announcements;
        this.subscriptions = subscriptions;
        this.documents = documents;
        this.offers = offers;
        this.queries = queries;
        this.outbox = outbox;
        this.transaction = transaction;
        this.atOnce = atOnce;
    }

    @Scheduled(fixedDelayString = "${policy.tell-poll:PT1S}")
    Mono<Void> tell() {
        return tellAll().onErrorResume(error -> {
            LOG.warn("subscribers could not be told of a new version: {}", error.toString());
            return Mono.empty();
        });
    }

    /** Until nothing is left, or somebody else is at it. */
    Mono<Void> tellAll() {
        return step().expand(more -> more ? step() : Mono.empty()).then();
    }

    private Mono<Boolean> step() {
        return announcements.turn().filter(mine -> mine).flatMap(mine -> announcements.oldest())
                .flatMap(announced -> subscriptions.next(announced, atOnce).flatMap(asked -> tell(announced, asked))
                        .onErrorMap(error -> new NotTold(announced, error)).thenReturn(true))
                .as(transaction::transactional).onErrorResume(NotTold.class, this::postpone).defaultIfEmpty(false);
    }

    /** Those behind it do not wait for a version that cannot be told of. */
    private Mono<Boolean> postpone(NotTold failed) {
        LOG.warn("subscribers could not be told of version {}", failed.announced.version(), failed.getCause());
        return announcements.postpone(failed.announced).thenReturn(true);
    }

    private Mono<Void> tell(Announcements.Open announced, List<Subscription> asked) {
        UUID last = asked.isEmpty() ? announced.reached() : asked.getLast().id();
        Mono<Void> told = asked.isEmpty()
                ? Mono.empty()
                : read(announced).flatMap(read -> matching(read, asked)
                        .flatMap(matching -> Flux.fromIterable(matching.entrySet())
                                .concatMap(one -> publish(announced, read.document(), one.getKey(), one.getValue()))
                                .then()));
        return told.then(announcements.reached(announced, last, asked.size() < atOnce));
    }

    private Mono<Read> read(Announcements.Open announced) {
        UUID version = announced.version();
        return documents.versions(announced.work())
                .map(all -> all.stream().filter(one -> one.versionId().equals(version)).findFirst().orElseThrow())
                .flatMap(document -> Mono.zip(documents.articles(List.of(version)), offers.of(version),
                        (articles, found) -> new Read(document, articles.getOrDefault(version, List.of()), found)));
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
    private Mono<Void> publish(Announcements.Open announced, DocumentVersion document, Subscription subscription,
            List<String> articles) {
        Matched matched = new Matched(subscription.id(), document.id(), document.version(), document.number(),
                articles.stream()
                        .map(key -> Subscriptions.article(document.number(), document.id(), document.version(), key))
                        .toList());
        return subscriptions.matched(subscription.id(), announced, articles).filter(first -> first)
                .flatMap(first -> outbox.publishTo(subscription.clientId(), EVENT, "subscriptions/" + subscription.id(),
                        matched));
    }
}
