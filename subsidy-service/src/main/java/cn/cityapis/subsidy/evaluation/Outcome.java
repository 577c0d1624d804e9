package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme says about a case.
 *
 * @param cohort null if it is not known or there is none
 * @param demo rests on made-up terms
 * @param grant only if the result is yes and the amount is laid down
 * @param ceiling only if the result is yes and only a ceiling is laid down
 * @param potentialFen the most that may still be due in all, while the result is not a no
 * @param missing the facts without which the result cannot be told, in the scheme's order
 */
public record Outcome(Scheme scheme, TriState result, @Nullable String cohort, boolean demo,
        List<ConditionResult> entry,
        List<ConditionResult> periodic, @Nullable Grant grant, @Nullable Ceiling ceiling, long potentialFen,
        List<String> missing) {

    public Outcome {
        entry = List.copyOf(entry);
        periodic = List.copyOf(periodic);
        missing = List.copyOf(missing);
    }

    public Stream<ConditionResult> conditions() {
        return Stream.concat(entry.stream(), periodic.stream());
    }

    public List<ConditionResult> failed() {
        List<ConditionResult> failed = new ArrayList<>();
        addFailed(entry, failed);
        addFailed(periodic, failed);
        return failed;
    }

    private static void addFailed(List<ConditionResult> of, List<ConditionResult> failed) {
        for (ConditionResult condition : of) {
            if (condition.result() == TriState.NO) {
                failed.add(condition);
            }
        }
    }
}
