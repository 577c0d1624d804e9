package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.Ceiling;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.ConditionResult;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.ExpressionException;
import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Example;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a scheme's examples. Each tier must be reached by one: a tier that none reaches may be unreachable. */
final class ExampleChecks {

    private final CompiledScheme compiled;
    private final List<String> reasons = new ArrayList<>();
    private final Set<String> reached = new HashSet<>();

    private ExampleChecks(CompiledScheme compiled) {
        this.compiled = compiled;
    }

    static List<String> of(CompiledScheme compiled) {
        ExampleChecks checks = new ExampleChecks(compiled);
        compiled.scheme().examples().forEach(checks::run);
        checks.tiers();
        return checks.reasons;
    }

    private void run(Example example) {
        var reading = new FactReader(compiled.scheme().facts()).read(example.facts());
        if (!reading.wrong().isEmpty()) {
            reasons.add("示例 “" + example.name() + "”："
                    + reading.wrong().stream().map(FactReader.Wrong::detail).collect(Collectors.joining("；")));
            return;
        }
        try {
            compare(example, compiled.decide(reading.facts(), example.asOf()));
        } catch (ExpressionException e) {
            reasons.add("示例 “" + example.name() + "”：" + e.getMessage());
        }
    }

    private void compare(Example example, Outcome outcome) {
        Example.Expected expected = example.expect();
        Grant grant = outcome.grant();
        Ceiling ceiling = outcome.ceiling();
        if (grant != null) {
            reached.add(grant.tier());
        }
        if (ceiling != null) {
            reached.add(ceiling.tier());
        }
        same(example, "outcome", expected.outcome(), outcome.result());
        same(example, "fen", expected.fen(), grant == null ? null : grant.amountFen());
        same(example, "ceilingFen", expected.ceilingFen(), ceiling == null ? null : ceiling.atMostFen());
        same(example, "periods", expected.periods(), grant == null ? null : grant.periods());
        List<String> failed = outcome.failed().stream().map(ConditionResult::id).toList();
        same(example, "failed", sorted(expected.failed()), sorted(failed));
        same(example, "missing", sorted(expected.missing()), sorted(outcome.missing()));
    }

    private void same(Example example, String what, @Nullable Object expected, @Nullable Object found) {
        if (expected != null && !expected.equals(found)) {
            reasons.add("示例 “" + example.name() + "” 应得 " + what + " " + expected + "，实得 " + found);
        }
    }

    private static @Nullable Set<String> sorted(@Nullable List<String> names) {
        return names == null ? null : new TreeSet<>(names);
    }

    private void tiers() {
        Scheme scheme = compiled.scheme();
        Stream<String> tiers = switch (scheme.amount()) {
            case Amount.Monthly monthly -> monthly.tiers().stream().map(Amount.Tier::label);
            case Amount.CappedRate rate -> rate.rates().stream().map(name -> scheme.figure(name).orElseThrow().label());
            case Amount.Fixed fixed -> fixed.tiers().stream().map(Amount.Tier::label);
            case Amount.Matching matching -> Stream.of(scheme.figure(matching.percent()).orElseThrow().label());
            case Amount.UpTo upTo -> upTo.tiers().stream().map(Amount.Ceiling::label);
        };
        Set<String> unreached = tiers.filter(tier -> !reached.contains(tier)).collect(Collectors.toSet());
        if (!unreached.isEmpty()) {
            reasons.add("没有示例达到的档次（可能无法达到）：" + String.join("、", new TreeSet<>(unreached)));
        }
    }
}
