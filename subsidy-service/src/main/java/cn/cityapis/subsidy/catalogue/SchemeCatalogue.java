package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.scheme.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The published schemes. Facts are one vocabulary: the same name means the same in every scheme. */
public final class SchemeCatalogue {

    private final Map<String, CompiledScheme> schemes = new TreeMap<>();
    private final Map<String, Fact> facts;
    private final FactReader reader;

    /** @throws PublicationRefused if two schemes use a fact's name for different things, or exclude what is not there */
    public SchemeCatalogue(Collection<CompiledScheme> published) {
        Map<String, Fact> vocabulary = new HashMap<>();
        for (CompiledScheme one : published) {
            if (schemes.put(one.scheme().id(), one) != null) {
                throw new PublicationRefused(one.scheme().id(), List.of("there is another scheme of this id"));
            }
            add(one, vocabulary);
        }
        for (CompiledScheme one : published) {
            one.scheme().excludes().stream().filter(other -> !schemes.containsKey(other)).findAny().ifPresent(other -> {
                throw new PublicationRefused(one.scheme().id(), List.of("it excludes the unknown scheme " + other));
            });
        }
        facts = Collections.unmodifiableMap(vocabulary);
        reader = new FactReader(facts.values());
    }

    private static void add(CompiledScheme one, Map<String, Fact> vocabulary) {
        List<String> reasons = new ArrayList<>();
        for (Fact fact : one.scheme().facts()) {
            Fact known = vocabulary.putIfAbsent(fact.id(), fact);
            if (known != null && !known.agreesWith(fact)) {
                reasons.add("the fact " + fact.id() + " means something else in another scheme");
            }
        }
        if (!reasons.isEmpty()) {
            throw new PublicationRefused(one.scheme().id(), reasons);
        }
    }

    /** In the order of their ids. */
    public Collection<CompiledScheme> all() {
        return Collections.unmodifiableCollection(schemes.values());
    }

    public Optional<CompiledScheme> find(String id) {
        return Optional.ofNullable(schemes.get(id));
    }

    public Optional<Fact> fact(String id) {
        return Optional.ofNullable(facts.get(id));
    }

    /** Reads facts of any scheme. */
    public FactReader facts() {
        return reader;
    }
}
