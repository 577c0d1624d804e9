package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a batch, read. */
sealed interface CaseLine {

    /** @param id the sender's own key of the case */
    record Case(String id, ApplicantKind kind, Facts facts) implements CaseLine {
    }

    /** Cannot be decided; the others are. */
    record Broken(@Nullable String id, List<Wrong> wrong) implements CaseLine {

        static Broken of(String pointer, String code, String detail) {
            return new Broken(null, List.of(new Wrong(pointer, code, detail)));
        }
    }

    /** Nothing on it, or the header. */
    record Blank() implements CaseLine {
    }

    /** @param pointer into the line, as in a problem document */
    record Wrong(String pointer, String code, String detail) {
    }
}
