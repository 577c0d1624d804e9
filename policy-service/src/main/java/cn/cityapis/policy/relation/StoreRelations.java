package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.policy.load.DerivedData;
import cn.cityapis.policy.load.IncomingDocument;
import cn.cityapis.policy.load.StoredVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps what a version says of other documents, in the transaction that stores it. A document named but not held becomes a
 * stub; a stub that turns out to be this document is joined to it.
 */
@Component
class StoreRelations implements DerivedData {

    /** What was read from a document. */
    private record Reading(List<FoundRelation> found, List<String> titles, Map<String, Cited> named) {

        static Reading of(IncomingDocument incoming) {
            List<FoundRelation> found = ReadRelations.of(incoming.document());
            return new Reading(found, new OwnParts(incoming.document()).titles().stream().sorted().toList(),
                    StoreRelations.named(found));
        }
    }

    private final RelationStore store;
    private final CitedWorks cited;
    private final Ids ids;

    StoreRelations(RelationStore store, CitedWorks cited, Ids ids) {
        this.store = store;
        this.cited = cited;
        this.ids = ids;
    }

    @Override
    public void read(IncomingDocument document) {
        reading(document);
    }

    private static Reading reading(IncomingDocument document) {
        return document.reading(Reading.class, Reading::of);
    }

    @Override
    public Mono<Void> derive(List<StoredVersion> stored) {
        return Flux.fromIterable(stored).flatMapSequential(
                one -> Mono.fromRunnable(() -> read(one.document())).subscribeOn(Schedulers.parallel()))
                .then(Mono.defer(() -> store(stored)));
    }

    private Mono<Void> store(List<StoredVersion> stored) {
        UUID[] works = stored.stream().map(StoredVersion::work).toArray(UUID[]::new);
        List<CitedWorks.Citing> citing = stored.stream().map(one -> {
            Reading reading = reading(one.document());
            return new CitedWorks.Citing(one.work(), reading.titles(), reading.named(), earlier(reading.found()),
                    one.document().document().validity().issued());
        }).toList();
        return store.endings(works)
                .flatMap(before -> cited.know(citing).then(cited.resolve(citing))
                        .flatMap(targets -> store
                                .add(stored.stream().flatMap(one -> rows(one, targets).stream()).toList()))
                        .then(store.makeCurrent(works)).then(store.touch(works, before)));
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

    /** Nothing ends or prolongs what is yet to come. */
    private static Set<String> earlier(List<FoundRelation> found) {
        return found.stream().filter(relation -> relation.kind().movesEnd() && !relation.own())
                .map(FoundRelation::target).filter(Objects::nonNull).map(Cited::key).collect(Collectors.toSet());
    }

    private List<RelationRow> rows(StoredVersion stored, Map<CitedWorks.Citation, UUID> targets) {
        UUID work = stored.work();
        List<RelationRow> rows = new ArrayList<>();
        for (FoundRelation relation : reading(stored.document()).found()) {
            Cited source = relation.source();
            Cited target = relation.target();
            UUID to = relation.own()
                    ? work
                    : target == null ? null : targets.get(new CitedWorks.Citation(work, target.key()));
            UUID from = source == null ? work : targets.get(new CitedWorks.Citation(work, source.key()));
            if (from != null && (to != null || target == null) && !(relation.kind().ends() && from.equals(to))) {
                rows.add(RelationRow.of(ids.next(), stored.version(), work, from, to, relation));
            }
        }
        return rows;
    }
}
