package cn.cityapis.platform.database;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Begins a transaction also for a caller who hangs up meanwhile, so that {@code usingWhen} gets what it must roll back (decision
 * 0048). Given up in between, the connection would go back to the pool in an open transaction, and lose what the next caller writes.
 */
final class UninterruptedBegin implements ReactiveTransactionManager {

    private final ReactiveTransactionManager transactions;

    UninterruptedBegin(ReactiveTransactionManager transactions) {
        this.transactions = transactions;
    }

    @Override
    public Mono<ReactiveTransaction> getReactiveTransaction(@Nullable TransactionDefinition definition) {
        return transactions.getReactiveTransaction(definition)
                .transform(Operators.<ReactiveTransaction, ReactiveTransaction>lift(
                        (source, waiting) -> new Uninterrupted(waiting)));
    }

    @Override
    public Mono<Void> commit(ReactiveTransaction transaction) {
        return transactions.commit(transaction);
    }

    @Override
    public Mono<Void> rollback(ReactiveTransaction transaction) {
        return transactions.rollback(transaction);
    }

    private record Uninterrupted(CoreSubscriber<? super ReactiveTransaction> waiting)
            implements
                CoreSubscriber<ReactiveTransaction> {

        @Override
        public void onSubscribe(Subscription source) {
            waiting.onSubscribe(new Subscription() {
                @Override
                public void request(long number) {
                    source.request(number);
                }

                @Override
                public void cancel() {
                    // what was begun is still to come, and whoever cancelled rolls it back
                }
            });
        }

        @Override
        public void onNext(ReactiveTransaction begun) {
            waiting.onNext(begun);
        }

        @Override
        public void onError(Throwable error) {
            waiting.onError(error);
        }

        @Override
        public void onComplete() {
            waiting.onComplete();
        }

        @Override
        public Context currentContext() {
            return waiting.currentContext();
        }
    }
}
