package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.expression.ValueType;
import cn.cityapis.subsidy.scheme.Fact;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to ask next.
 *
 * @param settlesFen the most money that hangs on the answer
 */
@Schema(description = "接下来值得询问的一项事实")
record Question(@Schema(description = "事实名称", example = "programmeLevel") String fact,
        @Schema(description = "中文名称") String label,
        @Schema(description = "问题") String question, @Schema(description = "类型") ValueType type,
        @Schema(description = "可选代码及其中文名称") Map<String, String> codes,
        @Schema(description = "可能因此享受的方案") List<String> schemes,
        @Schema(description = "所涉金额上限（分）", example = "15000000") long settlesFen) {

    /**
     * The missing facts of all schemes that are not decided: scheme by scheme, first the one that is worth most for each
     * question that is still open. Whoever stops after any number of them has settled the most that greed can.
     */
    static List<Question> next(List<Outcome> outcomes) {
        List<Outcome> undecided = outcomes.stream().filter(outcome -> outcome.result() == TriState.UNKNOWN).toList();
        Map<String, List<Outcome>> wanted = new LinkedHashMap<>();
        undecided.forEach(outcome -> outcome.missing()
                .forEach(fact -> wanted.computeIfAbsent(fact, name -> new ArrayList<>()).add(outcome)));
        Map<String, Question> questions = new LinkedHashMap<>();
        wanted.forEach((fact, schemes) -> questions.put(fact, of(fact, schemes)));
        return inOrder(undecided, wanted, questions);
    }

    private static List<Question> inOrder(List<Outcome> undecided, Map<String, List<Outcome>> wanted,
            Map<String, Question> questions) {
        Map<Outcome, Integer> open = new IdentityHashMap<>();
        undecided.forEach(one -> open.put(one, one.missing().size()));
        List<Question> asked = new ArrayList<>();
        while (!open.isEmpty()) {
            Outcome best = undecided.stream().filter(open::containsKey)
                    .max(Comparator.comparingDouble(one -> worth(one, Objects.requireNonNull(open.get(one)))))
                    .orElseThrow();
            open.remove(best);
            best.missing().stream().map(questions::remove).filter(Objects::nonNull)
                    .sorted(Comparator.comparingLong(Question::settlesFen).reversed())
                    .forEach(question -> {
                        asked.add(question);
                        Objects.requireNonNull(wanted.get(question.fact()))
                                .forEach(other -> open.computeIfPresent(other, (one, left) -> left - 1));
                    });
        }
        return asked;
    }

    /** Fen for each question still open; what is decided by questions asked for others comes first. */
    private static double worth(Outcome one, int open) {
        return open == 0 ? Double.MAX_VALUE : (double) one.potentialFen() / open;
    }

    private static Question of(String name, List<Outcome> schemes) {
        Fact fact = schemes.getFirst().scheme().fact(name).orElseThrow();
        long money = schemes.stream().mapToLong(Outcome::potentialFen).reduce(0, Math::addExact);
        return new Question(name, fact.label(), fact.question(), fact.type(), fact.codes(),
                schemes.stream().map(one -> one.scheme().id()).toList(), money);
    }
}
