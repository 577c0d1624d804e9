package cn.cityapis.policy.load;

import java.util.List;

import reactor.core.publisher.Mono;

/** What a feature derives from versions that were just stored; it runs in the transaction that stores them. */
public interface DerivedData {

    /**
     * Reads from a document what will be derived from it, by computing only, so that it is there when the transaction begins.
     * What fails here fails again in the transaction.
     */
    default void read(IncomingDocument document) {
    }

    /** @param stored of different works, in an order that is the same in all transactions */
    Mono<Void> derive(List<StoredVersion> stored);
}
