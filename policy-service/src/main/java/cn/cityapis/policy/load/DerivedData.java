package cn.cityapis.policy.load;

import java.util.List;

import reactor.core.publisher.Mono;

/** What a feature derives from versions that were just stored; it runs in the transaction that stores them. */
public interface DerivedData {

    /** @param stored of different works, in an order that is the same in all transactions */
    Mono<Void> derive(List<StoredVersion> stored);
}
