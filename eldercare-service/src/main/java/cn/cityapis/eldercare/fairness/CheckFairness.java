package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Mono;

/** Replays a home's queue in one snapshot of the database, so that nothing moves while it is looked at. */
@Component
class CheckFairness {

    private final QueueHistory history;
    private final RuleBooks books;
    private final TransactionalOperator snapshot;
    private final Clock clock;

    CheckFairness(QueueHistory history, RuleBooks books, ReactiveTransactionManager transactions, Clock clock) {
        this.history = history;
        this.books = books;
        this.clock = clock;
        DefaultTransactionDefinition reading = new DefaultTransactionDefinition();
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        reading.setReadOnly(true);
        this.snapshot = TransactionalOperator.create(transactions, reading);
    }

    Mono<FairnessReport> of(UUID home, Period period) {
        return history.elsewhere(home)
                .flatMap(elsewhere -> replay(home, new QueueReplay(elsewhere), new Tally(period)))
                .as(snapshot::transactional)
                .zipWith(books.current(), (tally, book) -> report(home, tally, book));
    }

    private Mono<Tally> replay(UUID home, QueueReplay replay, Tally tally) {
        return history.events(home)
                .doOnNext(recorded -> tally.add(recorded, replay.accept(recorded.event(), recorded.list())))
                .then(history.lastNumber(home))
                .doOnNext(replay::end)
                .thenMany(history.standing(home))
                .doOnNext(replay::stands)
                .thenMany(history.unrecorded(home))
                .doOnNext(offer -> {
                    if (offer.beforeTheLog()) {
                        tally.beforeTheLog++;
                    } else {
                        replay.offeredUnrecorded(offer.offerId(), offer.entryId(), offer.madeAt());
                    }
                })
                .then(Mono.fromSupplier(() -> tally.closed(replay)));
    }

    private FairnessReport report(UUID home, Tally tally, RuleBook book) {
        List<Citation> basis = Stream.of(6, 7, 8, 20, 25).map(book::cite).toList();
        List<Violation> violations = tally.violations;
        return new FairnessReport(home, tally.period.from(), tally.period.to(), clock.instant(), violations.isEmpty(),
                tally.events, tally.digest(), tally.offers, tally.beforeTheLog, tally.skips,
                List.copyOf(tally.latest), violations.size(),
                violations.stream().limit(Tally.MOST_VIOLATIONS).map(each -> each.in(book)).toList(), basis,
                books.shown(book));
    }
}
