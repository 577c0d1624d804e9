package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Ceiling;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the schemes that say yes to take together, where some exclude each other (不重复享受).
 *
 * @param totalFen what is sure
 * @param atMostFen with the ceilings of those whose amount an office decides
 */
@Schema(description = "最优组合：相互排斥的方案中取合计金额最高者")
record BestCombination(@Schema(description = "方案编号") List<String> schemes,
        @Schema(description = "合计（分），不含只规定上限的方案", example = "18000000") long totalFen,
        @Schema(description = "连同各项上限合计最多（分）", example = "18000000") long atMostFen) {

    /** Takes what is worth most, ceilings counted in full; of equal ones the surer. Branches only where schemes exclude. */
    static BestCombination of(List<Outcome> outcomes) {
        List<Outcome> due = outcomes.stream().filter(outcome -> outcome.result() == TriState.YES).toList();
        return best(due, 0, List.of());
    }

    private static BestCombination best(List<Outcome> due, int next, List<Outcome> chosen) {
        if (next == due.size()) {
            return new BestCombination(chosen.stream().map(one -> one.scheme().id()).toList(), sure(chosen),
                    Math.addExact(sure(chosen), ceilings(chosen)));
        }
        Outcome one = due.get(next);
        if (chosen.stream().anyMatch(other -> exclude(one, other))) {
            return best(due, next + 1, chosen);
        }
        List<Outcome> more = new ArrayList<>(chosen);
        more.add(one);
        BestCombination with = best(due, next + 1, more);
        return due.stream().anyMatch(other -> exclude(one, other)) ? better(with, best(due, next + 1, chosen)) : with;
    }

    private static BestCombination better(BestCombination one, BestCombination other) {
        if (one.atMostFen != other.atMostFen) {
            return one.atMostFen > other.atMostFen ? one : other;
        }
        return one.totalFen >= other.totalFen ? one : other;
    }

    private static boolean exclude(Outcome one, Outcome other) {
        return one.scheme().excludes().contains(other.scheme().id())
                || other.scheme().excludes().contains(one.scheme().id());
    }

    private static long sure(List<Outcome> chosen) {
        Fen total = Fen.ZERO;
        for (Outcome one : chosen) {
            Grant grant = one.grant();
            total = grant == null ? total : total.plus(new Fen(grant.totalFen()));
        }
        return total.value();
    }

    private static long ceilings(List<Outcome> chosen) {
        Fen total = Fen.ZERO;
        for (Outcome one : chosen) {
            Ceiling ceiling = one.ceiling();
            Long most = ceiling == null ? null : ceiling.atMostFen();
            total = most == null ? total : total.plus(new Fen(most));
        }
        return total.value();
    }
}
