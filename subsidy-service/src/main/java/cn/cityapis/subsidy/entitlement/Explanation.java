package cn.cityapis.subsidy.entitlement;

import cn.cityapis.subsidy.evaluation.Ceiling;
import cn.cityapis.subsidy.evaluation.CitationView;
import cn.cityapis.subsidy.evaluation.ConditionResult;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.money.Fen;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An outcome in words, fit to be sent to the person. */
final class Explanation {

    private Explanation() {
    }

    static String of(Outcome outcome) {
        return switch (outcome.result()) {
            case YES -> yes(outcome);
            case NO -> no(outcome);
            case UNKNOWN -> unknown(outcome);
        };
    }

    private static String yes(Outcome outcome) {
        Grant grant = outcome.grant();
        return grant == null ? upTo(outcome) : granted(outcome, grant);
    }

    private static String upTo(Outcome outcome) {
        Ceiling ceiling = Objects.requireNonNull(outcome.ceiling(), "A yes has an amount or a ceiling");
        String most = ceiling.atMostFen() == null
                ? "金额按原有规定执行，本服务没有相应数据"
                : (ceiling.period() == Grant.Period.YEAR ? "每年" : "") + "不超过 " + yuan(ceiling.atMostFen())
                        + " 元，具体金额由主管部门评审确定";
        return "您符合“" + outcome.scheme().title() + "”的条件（" + ceiling.tier() + "）：" + most + "。"
                + basis(ceiling.citation());
    }

    private static String granted(Outcome outcome, Grant grant) {
        String amount = switch (grant.period()) {
            case MONTH -> "每月 " + yuan(grant.amountFen()) + " 元，共 " + grant.periods() + " 个月（"
                    + grant.instalments().getFirst().period() + " 至 " + grant.instalments().getLast().period() + "），合计 "
                    + yuan(grant.totalFen()) + " 元";
            case YEAR -> grant.instalments().getFirst().period() + " 年度 " + yuan(grant.amountFen()) + " 元"
                    + (grant.capped() ? "（已达上限）" : "");
            case ONCE -> "一次性 " + yuan(grant.amountFen()) + " 元" + (grant.capped() ? "（已达上限）" : "") + uses(grant);
        };
        return "您符合“" + outcome.scheme().title() + "”的条件（" + grant.tier() + "）：" + amount + "。"
                + basis(grant.citation())
                + (outcome.demo() ? "本结论所依据的现行标准为演示数据，以主管部门公布为准。" : "");
    }

    private static String uses(Grant grant) {
        String uses = grant.uses().stream().map(use -> use.label() + " " + yuan(use.amountFen()) + " 元")
                .collect(Collectors.joining("，"));
        return uses.isEmpty() ? "" : "（其中：" + uses + "）";
    }

    private static String no(Outcome outcome) {
        String reasons = outcome.failed().stream().map(Explanation::reason).collect(Collectors.joining("；"));
        return "您暂不符合“" + outcome.scheme().title() + "”的条件：" + reasons + "。";
    }

    private static String reason(ConditionResult failed) {
        CitationView citation = failed.citation();
        return (failed.whyNot() == null ? failed.label() : failed.whyNot())
                + (citation == null ? "" : "（" + citation.text() + "）");
    }

    private static String unknown(Outcome outcome) {
        if (outcome.missing().isEmpty()) {
            return "是否符合“" + outcome.scheme().title() + "”尚不能确定：有关年度的放假安排还没有公布，工作日无法计算。";
        }
        String missing = outcome.missing().stream()
                .map(name -> outcome.scheme().fact(name).map(fact -> fact.label()).orElse(name))
                .collect(Collectors.joining("、"));
        return "是否符合“" + outcome.scheme().title() + "”尚不能确定，还需要：" + missing + "。"
                + (outcome.potentialFen() > 0 ? "如符合，最多可得 " + yuan(outcome.potentialFen()) + " 元。" : "");
    }

    private static String basis(@Nullable CitationView citation) {
        return citation == null ? "" : "依据：" + citation.text() + "。";
    }

    private static String yuan(long fen) {
        return new Fen(fen).yuan();
    }
}
