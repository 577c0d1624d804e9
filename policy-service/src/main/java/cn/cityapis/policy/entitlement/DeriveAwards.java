package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.load.DerivedData;
import cn.cityapis.policy.load.IncomingDocument;
import cn.cityapis.policy.load.StoredVersion;
import cn.cityapis.policy.text.Article;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keeps the award clauses of each version as records, in the transaction that stores it. */
@Component
class DeriveAwards implements DerivedData {

    /** The edition of the rules. A higher one has all versions read anew: raise it with every change of what is found. */
    static final int RULES = 2;

    private final Entitlements entitlements;

    DeriveAwards(Entitlements entitlements) {
        // read at start: a file cannot be read where texts are
        Audiences.shipped();
        this.entitlements = entitlements;
    }

    /** The award clauses of a document's articles, article by article. */
    private record Found(List<List<Award>> byArticle) {
    }

    @Override
    public void read(IncomingDocument document) {
        found(document);
    }

    private static Found found(IncomingDocument document) {
        return document.reading(Found.class, one -> new Found(one.articles().stream().map(AwardRules::find).toList()));
    }

    @Override
    public Mono<Void> derive(List<StoredVersion> stored) {
        return Flux.fromIterable(stored).flatMapSequential(one -> reading(one.work(), one.version(),
                one.document().document().organs(), one.document().articles(),
                () -> found(one.document()).byArticle()))
                .collectList().flatMap(readings -> entitlements.replace(RULES, readings));
    }

    Mono<Void> derive(UUID work, UUID version, List<String> issuers, List<Article> articles) {
        return reading(work, version, issuers, articles, () -> articles.stream().map(AwardRules::find).toList())
                .flatMap(reading -> entitlements.replace(RULES, List.of(reading)));
    }

    private Mono<Entitlements.Reading> reading(UUID work, UUID version, List<String> issuers, List<Article> articles,
            Supplier<List<List<Award>>> found) {
        return Mono.fromCallable(() -> {
            List<List<Award>> awards = found.get();
            List<AwardRow> rows = new ArrayList<>();
            for (int i = 0; i < articles.size(); i++) {
                rows.addAll(entitlements.rows(work, version, issuers, articles.get(i), awards.get(i)));
            }
            return new Entitlements.Reading(work, version, rows);
        }).subscribeOn(Schedulers.parallel());
    }
}
