package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Ceiling;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.ConditionResult;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.ExpressionException;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Scheme;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all schemes say about a case. */
@Schema(description = "资格测算结果")
public record Entitlements(@Schema(description = "计算日期", example = "2026-11-21") LocalDate asOf,
        @Schema(description = "各方案的结论") List<SchemeOutcome> outcomes,
        @Schema(description = "因所给数值超出可计算的范围而未能测算的方案，通常为空") List<NotComputed> notComputed,
        @Schema(description = "最优组合") BestCombination bestCombination,
        @Schema(description = "接下来值得询问的事实，所涉金额大的在前") List<Question> nextQuestions,
        @Schema(description = "可发给本人的说明") String explanation) {

    /** What one scheme says. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "一个方案的结论")
    public record SchemeOutcome(@Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
            @Schema(description = "方案版本", example = "1") int schemeVersion, @Schema(description = "方案名称") String title,
            @Schema(description = "结论：yes 符合；no 不符合；unknown 尚不能确定") TriState outcome,
            @Schema(description = "适用批次") @Nullable String cohort, @Schema(description = "是否依据演示数据") boolean demo,
            @Schema(description = "应得金额（仅 yes）") @Nullable Grant grant,
            @Schema(description = "金额上限（仅 yes 且规定只给出上限）") @Nullable Ceiling ceiling,
            @Schema(description = "尚未否定时最多可得（分）") long potentialFen,
            @Schema(description = "进入条件：只审核一次") List<ConditionResult> entryConditions,
            @Schema(description = "每期条件：每期发放前重新审核") List<ConditionResult> periodicConditions,
            @Schema(description = "不符合的原因") List<String> whyNot,
            @Schema(description = "尚缺的事实") List<MissingFact> missingFacts,
            @Schema(description = "不得同时享受的方案") List<String> excludes, @Schema(description = "说明") String explanation) {

        public static SchemeOutcome of(Outcome outcome) {
            return new SchemeOutcome(outcome.scheme().id(), outcome.scheme().version(), outcome.scheme().title(),
                    outcome.result(), outcome.cohort(), outcome.demo(), outcome.grant(), outcome.ceiling(),
                    outcome.potentialFen(),
                    outcome.entry(), outcome.periodic(),
                    outcome.failed().stream()
                            .map(failed -> failed.whyNot() == null ? failed.label() : failed.whyNot()).toList(),
                    outcome.missing().stream().map(name -> MissingFact.of(outcome, name)).toList(),
                    outcome.scheme().excludes(), Explanation.of(outcome));
        }
    }

    @Schema(description = "尚缺的一项事实")
    public record MissingFact(@Schema(description = "事实名称", example = "employerKind") String fact,
            @Schema(description = "中文名称", example = "单位类型") String label, @Schema(description = "问题") String question) {

        static MissingFact of(Outcome outcome, String name) {
            var fact = outcome.scheme().fact(name).orElseThrow();
            return new MissingFact(name, fact.label(), fact.question());
        }
    }

    /** A scheme that cannot be computed on these numbers answers for itself: it keeps the others from nobody. */
    @Schema(description = "未能测算的一个方案")
    public record NotComputed(@Schema(description = "方案编号", example = "talent-insurance-rd") String schemeId,
            @Schema(description = "方案版本", example = "1") int schemeVersion, @Schema(description = "方案名称") String title,
            @Schema(description = "原因代码", example = "beyond-range") String code,
            @Schema(description = "原因", example = "所给数值超出可计算的范围") String reason) {

        static NotComputed of(Scheme scheme) {
            return new NotComputed(scheme.id(), scheme.version(), scheme.title(), "beyond-range", "所给数值超出可计算的范围");
        }
    }

    /** @param schemes those that are for this kind of applicant */
    static Entitlements of(Collection<CompiledScheme> schemes, Facts facts, LocalDate asOf) {
        List<Outcome> outcomes = new ArrayList<>(schemes.size());
        List<NotComputed> beyond = new ArrayList<>();
        long worth = 0;
        for (CompiledScheme scheme : schemes) {
            try {
                Outcome outcome = scheme.decide(facts, asOf);
                // what is added up below must add up: the best combination, and what a question settles
                worth = Math.addExact(worth, outcome.potentialFen());
                outcomes.add(outcome);
            } catch (ExpressionException | ArithmeticException e) {
                beyond.add(NotComputed.of(scheme.scheme()));
            }
        }
        return of(outcomes, beyond, asOf);
    }

    private static Entitlements of(List<Outcome> outcomes, List<NotComputed> beyond, LocalDate asOf) {
        List<SchemeOutcome> views = outcomes.stream().map(SchemeOutcome::of).toList();
        String text = String.join("\n", views.stream().map(SchemeOutcome::explanation).toList());
        return new Entitlements(asOf, views, List.copyOf(beyond), BestCombination.of(outcomes),
                Question.next(outcomes), text);
    }
}
