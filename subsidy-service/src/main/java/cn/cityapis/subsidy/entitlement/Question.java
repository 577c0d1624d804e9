package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.expression.ValueType;
import cn.cityapis.subsidy.scheme.Fact;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * The missing facts of all schemes that are not decided: most money first; of equal ones first the fact of the scheme
     * that needs the fewest more answers, then in the order in which the scheme asks.
     */
    static List<Question> next(List<Outcome> outcomes) {
        Map<String, List<Outcome>> wanted = new LinkedHashMap<>();
        outcomes.stream().filter(outcome -> outcome.result() == TriState.UNKNOWN)
                .sorted(Comparator.comparingInt(outcome -> outcome.missing().size()))
                .forEach(outcome -> outcome.missing()
                        .forEach(fact -> wanted.computeIfAbsent(fact, name -> new ArrayList<>()).add(outcome)));
        return wanted.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Question::settlesFen).reversed()).toList();
    }

    private static Question of(String name, List<Outcome> schemes) {
        Fact fact = schemes.getFirst().scheme().fact(name).orElseThrow();
        long money = schemes.stream().mapToLong(Outcome::potentialFen).reduce(0, Math::addExact);
        return new Question(name, fact.label(), fact.question(), fact.type(), fact.codes(),
                schemes.stream().map(one -> one.scheme().id()).toList(), money);
    }
}
