package cn.cityapis.policy.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The place in the database's history that a commit of the index leads to, kept with the commit. */
final class CommittedPlace {

    /** Of the fields: an index of another one is not read. */
    private static final String FORM = IndexDocuments.FORM;

    private CommittedPlace() {
    }

    /** @param setAside works that are missing from the index, because Lucene refuses them */
    static Iterable<Map.Entry<String, String>> of(Changes.Position place, Set<UUID> setAside) {
        UUID last = place.lastVersion();
        return Map
                .of("corpus", place.corpus().toString(), "transaction", String.valueOf(place.transaction()), "version",
                        last == null ? "" : last.toString(), "form", FORM, "aside",
                        setAside.stream().map(UUID::toString).collect(Collectors.joining(",")))
                .entrySet();
    }

    static Set<UUID> setAside(@Nullable Iterable<Map.Entry<String, String>> data) {
        return Stream.of(kept(data).getOrDefault("aside", "").split(",")).filter(work -> !work.isEmpty())
                .map(UUID::fromString).collect(Collectors.toSet());
    }

    static Optional<Changes.Position> read(@Nullable Iterable<Map.Entry<String, String>> data) {
        Map<String, String> kept = kept(data);
        String corpus = kept.get("corpus");
        String transaction = kept.get("transaction");
        String last = kept.getOrDefault("version", "");
        return corpus == null || transaction == null || !FORM.equals(kept.get("form"))
                ? Optional.empty()
                : Optional.of(new Changes.Position(UUID.fromString(corpus), Long.parseLong(transaction),
                        last.isEmpty() ? null : UUID.fromString(last)));
    }

    private static Map<String, String> kept(@Nullable Iterable<Map.Entry<String, String>> data) {
        Map<String, String> kept = new HashMap<>();
        if (data != null) {
            data.forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        }
        return kept;
    }
}
