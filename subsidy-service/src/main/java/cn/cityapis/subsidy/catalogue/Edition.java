package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import cn.cityapis.subsidy.scheme.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All published versions at one moment; never changes. */
final class Edition {

    private static final int DAYS_KEPT = 400;

    private final List<SchemeCatalogue.Version> versions;
    private final Map<String, Fact> facts = new HashMap<>();
    private final FactReader reader;
    private final Map<LocalDate, Day> days = new ConcurrentHashMap<>();

    Edition(List<SchemeCatalogue.Version> versions) {
        this.versions = List.copyOf(versions);
        versions.forEach(one -> addFacts(one.scheme()));
        checkIds();
        reader = new FactReader(facts.values());
    }

    private void addFacts(CompiledScheme one) {
        List<String> reasons = new ArrayList<>();
        for (Fact fact : one.scheme().facts()) {
            Fact known = facts.get(fact.id());
            if (known != null && !known.agreesWith(fact)) {
                reasons.add("事实 " + fact.id() + " 在其他方案中含义不同（类型或代码不一致）");
            }
            facts.merge(fact.id(), fact, Fact::widened);
        }
        refuse(one, reasons);
    }

    private void checkIds() {
        Map<String, CompiledScheme> seen = new HashMap<>();
        for (SchemeCatalogue.Version one : versions) {
            String key = one.scheme().scheme().id() + " " + one.scheme().scheme().version();
            if (seen.put(key, one.scheme()) != null) {
                refuse(one.scheme(), List.of("已有编号和版本相同的方案"));
            }
        }
        for (SchemeCatalogue.Version one : versions) {
            refuse(one.scheme(), one.scheme().scheme().excludes().stream()
                    .filter(other -> versions.stream().noneMatch(it -> it.scheme().scheme().id().equals(other)))
                    .map(other -> "排斥的方案 " + other + " 不存在").toList());
        }
    }

    private static void refuse(CompiledScheme scheme, List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new PublicationRefused(scheme.scheme().id(), reasons);
        }
    }

    List<SchemeCatalogue.Version> versions() {
        return versions;
    }

    List<SchemeCatalogue.Version> with(SchemeCatalogue.Version more) {
        List<SchemeCatalogue.Version> all = new ArrayList<>(versions);
        all.add(more);
        return all;
    }

    Optional<CompiledScheme> find(String id, int version) {
        return versions.stream().map(SchemeCatalogue.Version::scheme)
                .filter(one -> one.scheme().id().equals(id) && one.scheme().version() == version).findFirst();
    }

    Optional<Fact> fact(String id) {
        return Optional.ofNullable(facts.get(id));
    }

    FactReader reader() {
        return reader;
    }

    /** Made once a day that is asked for; of many days only some are kept. */
    Day on(LocalDate date) {
        Day day = days.get(date);
        if (day == null) {
            if (days.size() > DAYS_KEPT) {
                days.clear();
            }
            day = new Day(versions, date);
            days.put(date, day);
        }
        return day;
    }

    /** The versions that decide the cases of one day. */
    static final class Day {

        private final Map<String, CompiledScheme> schemes = new TreeMap<>();
        private final Map<ApplicantKind, List<CompiledScheme>> forKind = new EnumMap<>(ApplicantKind.class);

        Day(List<SchemeCatalogue.Version> versions, LocalDate date) {
            versions.stream().filter(one -> !one.effectiveFrom().isAfter(date))
                    .sorted(java.util.Comparator.comparing(SchemeCatalogue.Version::effectiveFrom))
                    .forEach(one -> schemes.put(one.scheme().scheme().id(), one.scheme()));
            for (ApplicantKind kind : ApplicantKind.values()) {
                forKind.put(kind, schemes.values().stream()
                        .filter(one -> one.scheme().applicants().contains(kind)).toList());
            }
        }

        Collection<CompiledScheme> all() {
            return Collections.unmodifiableCollection(schemes.values());
        }

        List<CompiledScheme> forKind(ApplicantKind kind) {
            return forKind.getOrDefault(kind, List.of());
        }

        Optional<CompiledScheme> find(String id) {
            return Optional.ofNullable(schemes.get(id));
        }
    }
}
