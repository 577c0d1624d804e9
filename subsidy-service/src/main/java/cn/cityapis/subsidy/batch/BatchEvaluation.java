package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Verdict;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import cn.cityapis.subsidy.scheme.Fact;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides the cases of a batch on one day by all schemes for their kind. A scheme none of whose facts is told always
 * answers the same: it is decided once. Safe for several threads.
 */
final class BatchEvaluation {

    private static final int[] NOBODY = {};

    private final Map<ApplicantKind, Schemes> schemes = new EnumMap<>(ApplicantKind.class);
    private final LocalDate asOf;

    BatchEvaluation(SchemeCatalogue catalogue, LocalDate asOf) {
        this.asOf = asOf;
        for (ApplicantKind kind : ApplicantKind.values()) {
            schemes.put(kind, Schemes.of(catalogue.forKind(kind, asOf), asOf));
        }
    }

    /** What a scheme says about a case. */
    record Decided(CompiledScheme scheme, Verdict verdict) {
    }

    /** For whom each decision is. */
    interface Receiver {
        void take(CompiledScheme scheme, Verdict verdict);
    }

    private record Schemes(List<CompiledScheme> list, Verdict[] ofNothing, Map<String, int[]> readers) {

        static Schemes of(List<CompiledScheme> list, LocalDate asOf) {
            Verdict[] ofNothing = list.stream().map(one -> one.verdict(Facts.NONE, asOf)).toArray(Verdict[]::new);
            Map<String, int[]> readers = new HashMap<>();
            for (int i = 0; i < list.size(); i++) {
                for (Fact fact : list.get(i).scheme().facts()) {
                    readers.merge(fact.id(), new int[]{i}, Schemes::joined);
                }
            }
            return new Schemes(list, ofNothing, readers);
        }

        private static int[] joined(int[] some, int[] more) {
            int[] all = java.util.Arrays.copyOf(some, some.length + more.length);
            System.arraycopy(more, 0, all, some.length, more.length);
            return all;
        }
    }

    void decide(CaseLine.Case one, Receiver receiver) {
        Schemes all = java.util.Objects.requireNonNull(schemes.get(one.kind()));
        boolean[] told = new boolean[all.list().size()];
        one.facts().forEach((fact, value) -> {
            for (int reader : all.readers().getOrDefault(fact, NOBODY)) {
                told[reader] = true;
            }
        });
        for (int i = 0; i < told.length; i++) {
            CompiledScheme scheme = all.list().get(i);
            receiver.take(scheme, told[i] ? scheme.verdict(one.facts(), asOf) : all.ofNothing()[i]);
        }
    }
}
