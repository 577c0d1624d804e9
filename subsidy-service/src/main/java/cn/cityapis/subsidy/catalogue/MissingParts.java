package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reader leaves out what is not written, whatever the types say: what must be there and is not. */
@SuppressWarnings("NullAway")
final class MissingParts {

    private final List<String> reasons = new ArrayList<>();

    private MissingParts() {
    }

    static List<String> of(Scheme scheme) {
        MissingParts missing = new MissingParts();
        missing.top(scheme);
        if (missing.reasons.isEmpty()) {
            missing.facts(scheme);
            missing.figures(scheme);
            missing.conditions(scheme);
            missing.amount(scheme.amount());
            missing.rest(scheme);
        }
        return missing.reasons;
    }

    private void top(Scheme scheme) {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        parts.put("id", scheme.id());
        parts.put("title", scheme.title());
        parts.put("summary", scheme.summary());
        parts.put("office", scheme.office());
        parts.put("inForceFrom", scheme.inForceFrom());
        parts.put("cohorts", scheme.cohorts());
        parts.put("conditions", scheme.conditions());
        parts.put("amount", scheme.amount());
        parts.put("funding", scheme.funding());
        parts.put("process", scheme.process());
        parts.forEach(this::need);
        if (scheme.version() < 1) {
            reasons.add("version 应为正整数");
        }
        if (scheme.id() != null && !scheme.id().matches("[a-z][a-z0-9-]{2,63}")) {
            reasons.add("id 应为小写字母、数字和连字符");
        }
        if (scheme.examples().isEmpty()) {
            reasons.add("缺少示例 examples");
        }
    }

    private void need(String what, @Nullable Object value) {
        if (value == null) {
            reasons.add("缺少 " + what);
        }
    }

    private void all(String what, @Nullable Object... values) {
        for (Object value : values) {
            need(what + " 的必填内容", value);
        }
    }

    private void facts(Scheme scheme) {
        scheme.facts().forEach(fact -> all("事实 " + fact.id(), fact.id(), fact.type(), fact.label(), fact.question()));
        scheme.sources().forEach(source -> all("来源 " + source.id(), source.id(), source.kind(), source.title()));
    }

    private void figures(Scheme scheme) {
        scheme.figuresAndOptions().forEach(figure -> {
            all("数值 " + figure.id(), figure.id(), figure.label(), figure.unit());
            figure.values().forEach(value -> all("数值 " + figure.id(), value.cohort(), value.from()));
        });
        all("批次", scheme.cohorts().fact());
        scheme.cohorts().list().forEach(cohort -> all("批次", cohort.id(), cohort.from()));
    }

    private void conditions(Scheme scheme) {
        scheme.conditions().all().forEach(one -> all("条件 " + one.id(), one.id(), one.label(), one.expression(),
                one.otherwise()));
    }

    private void amount(Amount amount) {
        switch (amount) {
            case Amount.Monthly monthly -> {
                all("金额", monthly.months());
                monthly.tiers().forEach(tier -> all("档次", tier.label(), tier.when(), tier.figure()));
            }
            case Amount.CappedRate rate -> all("金额", rate.base());
            case Amount.Fixed fixed -> {
                fixed.tiers().forEach(tier -> all("档次", tier.label(), tier.when(), tier.figure()));
                fixed.uses().forEach(use -> all("用途", use.label(), use.percent()));
            }
            case Amount.Matching matching -> all("金额", matching.base(), matching.percent());
            case Amount.UpTo upTo -> {
                all("金额", upTo.per());
                upTo.tiers().forEach(tier -> all("档次", tier.label(), tier.when()));
            }
        }
    }

    private void rest(Scheme scheme) {
        all("资金分担", scheme.funding().oddFenTo(), scheme.funding().payee());
        scheme.funding().shares().forEach(share -> all("资金分担", share.party()));
        scheme.process().papers().forEach(paper -> all("电子材料", paper.kind(), paper.material()));
        scheme.process().windows().forEach(window -> all("申报期", window.from(), window.until()));
        scheme.examples().forEach(example -> {
            all("示例 " + example.name(), example.name(), example.asOf(), example.expect());
            if (example.expect() != null) {
                all("示例 " + example.name(), example.expect().outcome());
            }
        });
    }
}
