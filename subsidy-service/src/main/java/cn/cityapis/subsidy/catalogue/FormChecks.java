package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Cohorts;
import cn.cityapis.subsidy.scheme.Fact;
import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.subsidy.scheme.Process;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.Source;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be told without running anything: names, references, citations, dates. */
final class FormChecks {

    private final Scheme scheme;
    private final List<String> reasons = new ArrayList<>();

    private FormChecks(Scheme scheme) {
        this.scheme = scheme;
    }

    static List<String> of(Scheme scheme) {
        FormChecks checks = new FormChecks(scheme);
        checks.names();
        checks.citations();
        checks.figures();
        checks.hadAgain();
        checks.amount();
        checks.funding();
        checks.process();
        checks.papers();
        return checks.reasons;
    }

    /** Who applies here is a person, by his identity number, with an account of his own. */
    private void process() {
        Process process = scheme.process();
        if (process.closedBecause() == null && !scheme.applicants().contains(ApplicantKind.PERSON)) {
            reasons.add("本服务只受理个人的申请：申领主体不含个人的方案须写明个人不能直接申请的原因");
        }
        process.windows().stream().filter(window -> window.until().isBefore(window.from()))
                .forEach(window -> reasons.add("申报期 " + window.text() + " 的截止日早于开始日"));
    }

    private void papers() {
        Process process = scheme.process();
        Set<String> kinds = new HashSet<>();
        for (Process.Paper paper : process.papers()) {
            if (!paper.kind().matches("[a-z][a-z0-9-]{1,39}")) {
                reasons.add("电子材料的类别 " + paper.kind() + " 应为小写字母、数字和连字符");
            }
            if (!kinds.add(paper.kind())) {
                reasons.add("电子材料的类别 " + paper.kind() + " 重复");
            }
            if (!process.materials().contains(paper.material())) {
                reasons.add("电子材料 " + paper.material() + " 不在所需材料之列");
            }
        }
    }

    private void names() {
        Set<String> seen = new HashSet<>(Set.of(Scheme.AS_OF));
        Stream.concat(scheme.facts().stream().map(Fact::id), scheme.figuresAndOptions().map(Figure::id))
                .filter(name -> !seen.add(name))
                .forEach(name -> reasons.add("名称 " + name + " 重复"));
        Set<String> conditions = new HashSet<>();
        scheme.conditions().all().filter(condition -> !conditions.add(condition.id()))
                .forEach(condition -> reasons.add("条件 " + condition.id() + " 重复"));
        if (scheme.fact(scheme.cohorts().fact()).isEmpty()) {
            reasons.add("批次依据的事实 " + scheme.cohorts().fact() + " 不存在");
        }
    }

    private void citations() {
        scheme.conditions().all().forEach(condition -> cited("条件 " + condition.id(), condition.citation()));
        scheme.figuresAndOptions().forEach(
                figure -> figure.values().forEach(value -> cited("数值 " + figure.id(), value.citation())));
        cited("批次", scheme.cohorts().citation());
        cited("资金分担", scheme.funding().citation());
        cited("办理程序", scheme.process().citation());
        scheme.options().forEach(option -> option.values().stream().filter(value -> value.note() == null)
                .forEach(value -> reasons.add("选项 " + option.id() + " 没有说明理由")));
        citationsOfAmount();
    }

    private void citationsOfAmount() {
        switch (scheme.amount()) {
            case Amount.Monthly monthly ->
                monthly.tiers().forEach(tier -> cited("档次 " + tier.label(), tier.citation()));
            case Amount.CappedRate rate -> cited("金额", rate.citation());
            case Amount.Fixed fixed -> {
                fixed.tiers().forEach(tier -> cited("档次 " + tier.label(), tier.citation()));
                fixed.uses().forEach(use -> cited("用途 " + use.label(), use.citation()));
            }
            case Amount.Matching matching -> cited("金额", matching.citation());
            case Amount.UpTo upTo -> upTo.tiers().forEach(tier -> cited("档次 " + tier.label(), tier.citation()));
        }
    }

    private void cited(String what, @Nullable Citation citation) {
        if (citation == null) {
            reasons.add(what + " 没有依据");
            return;
        }
        Source source = scheme.source(citation.source()).orElse(null);
        if (source == null) {
            reasons.add(what + " 引用的来源 " + citation.source() + " 不存在");
        } else if (source.kind() == Source.Kind.DOCUMENT && (source.number() == null || !citation.isExact())) {
            reasons.add(what + " 引用正式文件时缺少文号或条次");
        }
    }

    private void figures() {
        for (Cohorts.Cohort cohort : scheme.cohorts().list()) {
            scheme.figuresAndOptions().forEach(figure -> dates(figure, cohort));
        }
    }

    /** A fact or figure of this name would be taken for the option. */
    private void hadAgain() {
        boolean option = scheme.options().stream()
                .anyMatch(one -> one.id().equals(Scheme.HAD_AGAIN) && one.unit() == Figure.Unit.YES_NO);
        boolean named = scheme.fact(Scheme.HAD_AGAIN).isPresent() || scheme.figure(Scheme.HAD_AGAIN).isPresent();
        if (named && !option) {
            reasons.add(Scheme.HAD_AGAIN + "（期满后可以再次享受）须为以是或否为单位的选项");
        }
    }

    /** Without gap or overlap from the first day the scheme can be asked for the cohort to its last. */
    private void dates(Figure figure, Cohorts.Cohort cohort) {
        LocalDate next = cohort.from().isAfter(scheme.inForceFrom()) ? cohort.from() : scheme.inForceFrom();
        List<Figure.Dated> values = figure.values().stream().filter(value -> value.cohort().equals(cohort.id()))
                .sorted(Comparator.comparing(Figure.Dated::from)).toList();
        for (Figure.Dated value : values) {
            if (value.from().isAfter(next)) {
                reasons.add("数值 " + figure.id() + " 在 " + value.from() + " 之前有空档");
            } else if (value.from().isBefore(next) && value != values.getFirst()) {
                reasons.add("数值 " + figure.id() + " 的时段在 " + value.from() + " 重叠");
            }
            if (value.until() == null) {
                return;
            }
            next = value.until().plusDays(1);
        }
        LocalDate end = scheme.inForceUntil();
        if (end == null || !next.isAfter(end)) {
            reasons.add("数值 " + figure.id() + " 对批次 " + cohort.id() + " 自 " + next + " 起没有取值");
        }
    }

    private void amount() {
        switch (scheme.amount()) {
            case Amount.Monthly monthly -> {
                figure(monthly.months(), Figure.Unit.MONTHS);
                monthly.tiers().forEach(tier -> figure(tier.figure(), Figure.Unit.FEN));
            }
            case Amount.CappedRate rate -> {
                rate.rates().forEach(name -> figure(name, Figure.Unit.PERCENT));
                optional(rate.cap(), Figure.Unit.FEN);
                rate.dividedBy().forEach(this::divisor);
            }
            case Amount.Fixed fixed -> {
                fixed.tiers().forEach(tier -> figure(tier.figure(), Figure.Unit.FEN));
                fixed.uses().forEach(use -> figure(use.percent(), Figure.Unit.PERCENT));
            }
            case Amount.Matching matching -> figure(matching.percent(), Figure.Unit.PERCENT);
            case Amount.UpTo upTo -> upTo.tiers().forEach(this::ceiling);
        }
    }

    private void ceiling(Amount.Ceiling tier) {
        optional(tier.cap(), Figure.Unit.FEN);
        if ((tier.rate() == null) != (tier.base() == null)) {
            reasons.add("上限 " + tier.label() + " 的比例与基数须同时给出");
        }
        if (tier.rate() != null
                && scheme.figure(tier.rate()).filter(figure -> figure.unit() == Figure.Unit.PERCENT
                        || figure.unit() == Figure.Unit.PER_MILLE).isEmpty()) {
            reasons.add("金额需要以百分比或千分比为单位的数值 " + tier.rate());
        }
    }

    private void optional(@Nullable String name, Figure.Unit unit) {
        if (name != null) {
            figure(name, unit);
        }
    }

    private void divisor(String name) {
        if (scheme.figure(name).filter(figure -> figure.values().stream().allMatch(value -> value.value() > 0))
                .isEmpty()) {
            reasons.add("金额的除数 " + name + " 不是数值，或可能为零");
        }
    }

    private void figure(String name, Figure.Unit unit) {
        if (scheme.figure(name).filter(figure -> figure.unit() == unit).isEmpty()) {
            reasons.add("金额需要单位为 " + unit + " 的数值 " + name);
        }
    }

    private void funding() {
        Funding funding = scheme.funding();
        if (funding.shares().isEmpty() || funding.shares().stream().anyMatch(share -> share.weight() < 1)) {
            reasons.add("资金分担没有份额，或份额没有权重");
        }
        if (funding.shares().stream().noneMatch(share -> share.party() == funding.oddFenTo())) {
            reasons.add("不能整除的一分归了没有份额的一方");
        }
    }
}
