package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.scheme.Scheme;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which pairs of schemes nobody may draw on at the same time (不得重复享受); it is enough that one of the two says so. */
final class ExclusionRules {

    private ExclusionRules() {
    }

    static boolean exclude(Scheme one, Scheme other) {
        boolean said = one.excludes().contains(other.id()) || other.excludes().contains(one.id());
        return said && !one.id().equals(other.id());
    }

    /** The pairs that a scheme is part of; a pair has one name, whichever of the two asks. */
    static Set<String> pairs(Scheme scheme, Collection<Scheme> all) {
        Set<String> pairs = new TreeSet<>();
        for (Scheme other : all) {
            if (exclude(scheme, other)) {
                pairs.add(scheme.id().compareTo(other.id()) < 0
                        ? scheme.id() + "|" + other.id()
                        : other.id() + "|" + scheme.id());
            }
        }
        return pairs;
    }
}
