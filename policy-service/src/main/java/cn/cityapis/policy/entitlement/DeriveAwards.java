package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.load.DerivedData;
import cn.cityapis.policy.load.StoredVersion;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keeps the award clauses of each version as records, in the transaction that stores it. */
@Component
class DeriveAwards implements DerivedData {

    /** The edition of the rules. A higher one has all versions read anew: raise it with every change of what is found. */
    static final int RULES = 1;

    private final Entitlements entitlements;

    DeriveAwards(Entitlements entitlements) {
        // read at start: a file cannot be read where texts are
        Audiences.shipped();
        this.entitlements = entitlements;
    }

    @Override
    public Mono<Void> derive(List<StoredVersion> stored) {
        return Flux.fromIterable(stored).flatMapSequential(one -> read(one.work(), one.version(),
                one.document().organs(), ArticleSplitter.split(one.document().tree()))).collectList()
                .flatMap(readings -> entitlements.replace(RULES, readings));
    }

    Mono<Void> derive(UUID work, UUID version, List<String> issuers, List<Article> articles) {
        return read(work, version, issuers, articles)
                .flatMap(reading -> entitlements.replace(RULES, List.of(reading)));
    }

    private Mono<Entitlements.Reading> read(UUID work, UUID version, List<String> issuers, List<Article> articles) {
        return Mono.fromCallable(() -> new Entitlements.Reading(work, version, articles.stream()
                .flatMap(article -> entitlements
                        .rows(work, version, issuers, article, AwardRules.find(article)).stream())
                .toList())).subscribeOn(Schedulers.parallel());
    }
}
