package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** Which of the schemes that say yes to take together, where some exclude each other (不重复享受). */
@Schema(description = "最优组合：相互排斥的方案中取合计金额最高者")
record BestCombination(@Schema(description = "方案编号") List<String> schemes,
        @Schema(description = "合计（分）", example = "18000000") long totalFen) {

    /** Takes the greatest total; of equal ones the first found. Tries all, so it is for some twenty schemes. */
    static BestCombination of(List<Outcome> outcomes) {
        List<Outcome> due = outcomes.stream().filter(outcome -> outcome.grant() != null).toList();
        return best(due, 0, List.of());
    }

    private static BestCombination best(List<Outcome> due, int next, List<Outcome> chosen) {
        if (next == due.size()) {
            return new BestCombination(chosen.stream().map(one -> one.scheme().id()).toList(), total(chosen).value());
        }
        BestCombination without = chosen.stream().anyMatch(one -> exclude(one, due.get(next)))
                || due.stream().anyMatch(one -> exclude(one, due.get(next))) ? best(due, next + 1, chosen) : null;
        if (chosen.stream().anyMatch(one -> exclude(one, due.get(next)))) {
            return java.util.Objects.requireNonNull(without);
        }
        List<Outcome> more = new ArrayList<>(chosen);
        more.add(due.get(next));
        BestCombination with = best(due, next + 1, more);
        return without != null && without.totalFen > with.totalFen ? without : with;
    }

    private static boolean exclude(Outcome one, Outcome other) {
        return one.scheme().excludes().contains(other.scheme().id())
                || other.scheme().excludes().contains(one.scheme().id());
    }

    private static Fen total(List<Outcome> chosen) {
        Fen total = Fen.ZERO;
        for (Outcome one : chosen) {
            Grant grant = one.grant();
            total = grant == null ? total : total.plus(new Fen(grant.totalFen()));
        }
        return total;
    }
}
