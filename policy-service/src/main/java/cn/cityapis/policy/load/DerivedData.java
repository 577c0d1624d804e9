package cn.cityapis.policy.load;

import java.util.UUID;

import cn.cityapis.policy.gazette.GazetteDocument;
import reactor.core.publisher.Mono;

/** What a feature derives from a version that was just stored; it runs in the transaction that stores it. */
public interface DerivedData {

    Mono<Void> derive(UUID work, UUID version, GazetteDocument document);
}
