package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.load.DerivedData;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps what a version says of other documents, in the transaction that stores it. A document named but not held becomes a
 * stub; a stub that turns out to be this document is joined to it.
 */
@Component
class StoreRelations implements DerivedData {

    private final RelationStore store;
    private final Ids ids;

    StoreRelations(RelationStore store, Ids ids) {
        this.store = store;
        this.ids = ids;
    }

    @Override
    public Mono<Void> derive(UUID work, UUID version, GazetteDocument document) {
        List<FoundRelation> found = ReadRelations.of(document);
        List<String> titles = new OwnParts(document).titles().stream().sorted().toList();
        Map<String, Cited> named = named(found);
        return store.endedBy(work)
                .flatMap(before -> store.know(work, titles)
                        .then(store.resolve(work, Set.copyOf(titles), named))
                        .flatMap(targets -> store.add(rows(work, version, found, targets)))
                        .then(store.makeCurrent(work)).then(store.touch(work, before)));
    }

    /** Every document named, once, in an order that is the same in all transactions: they take their locks in it. */
    private static Map<String, Cited> named(List<FoundRelation> found) {
        Map<String, Cited> named = new LinkedHashMap<>();
        for (FoundRelation relation : found) {
            put(named, relation.own() ? null : relation.target());
            put(named, relation.source());
        }
        return named;
    }

    private static void put(Map<String, Cited> named, @Nullable Cited cited) {
        if (cited != null) {
            named.merge(cited.key(), cited, (known, other) -> known.title() == null ? other : known);
        }
    }

    private List<RelationRow> rows(UUID work, UUID version, List<FoundRelation> found, Map<String, UUID> targets) {
        List<RelationRow> rows = new ArrayList<>();
        for (FoundRelation relation : found) {
            Cited source = relation.source();
            Cited target = relation.target();
            UUID to = relation.own() ? work : target == null ? null : targets.get(target.key());
            UUID from = source == null ? work : targets.get(source.key());
            if (from != null && (to != null || target == null) && !(relation.kind().ends() && from.equals(to))) {
                rows.add(RelationRow.of(ids.next(), version, work, from, to, relation));
            }
        }
        return rows;
    }
}
