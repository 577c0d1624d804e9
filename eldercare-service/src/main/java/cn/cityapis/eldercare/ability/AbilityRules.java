package cn.cityapis.eldercare.ability;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** GB/T 42195—2022 as 第十七条 demands it: 26 scores and facts → total → level. */
public final class AbilityRules {

    private static final int RISK_EVENT_DAYS = 30;
    private static final int RISK_EVENTS_THAT_WORSEN = 2;

    private AbilityRules() {
    }

    /** Something wrong with one score. */
    public record ScoreError(AbilityItem item, String code, String detail) {
    }

    /** All missing and all out-of-range items at once. */
    public static List<ScoreError> errors(Map<AbilityItem, Integer> scores) {
        List<ScoreError> errors = new ArrayList<>();
        for (AbilityItem item : AbilityItem.values()) {
            Integer score = scores.get(item);
            if (score == null) {
                errors.add(new ScoreError(item, "missing", "缺少“" + item.title() + "”的得分"));
            } else if (score < 0 || score > item.highest()) {
                errors.add(new ScoreError(item, "out-of-range",
                        "“" + item.title() + "”的得分应在 0 到 " + item.highest() + " 之间"));
            }
        }
        return errors;
    }

    /** @throws IllegalArgumentException if a score is missing or out of range */
    public static AbilityResult evaluate(AbilityFindings findings, AbilityOptions options) {
        if (!errors(findings.scores()).isEmpty()) {
            throw new IllegalArgumentException("scores are not valid");
        }
        int total = findings.scores().values().stream().mapToInt(Integer::intValue).sum();
        AbilityLevel byScore = levelOf(total);
        List<AbilityResult.Change> changes = changes(findings, options);
        return new AbilityResult(total, byScore, changed(byScore, changes, options), changes, options);
    }

    static AbilityLevel levelOf(int total) {
        if (total >= 90) {
            return AbilityLevel.INTACT;
        }
        if (total >= 66) {
            return AbilityLevel.SLIGHT;
        }
        if (total >= 46) {
            return AbilityLevel.MODERATE;
        }
        return total >= 30 ? AbilityLevel.SEVERE : AbilityLevel.COMPLETE;
    }

    private static List<AbilityResult.Change> changes(AbilityFindings findings, AbilityOptions options) {
        if (findings.coma()) {
            return List.of(AbilityResult.Change.COMA);
        }
        List<AbilityResult.Change> changes = new ArrayList<>();
        if (findings.dementiaDiagnosed() || findings.mentalDisorderDiagnosed()) {
            changes.add(AbilityResult.Change.DIAGNOSIS);
        }
        if (riskEventsWorsen(findings, options)) {
            changes.add(AbilityResult.Change.RISK_EVENTS);
        }
        return List.copyOf(changes);
    }

    private static AbilityLevel changed(AbilityLevel byScore, List<AbilityResult.Change> changes,
            AbilityOptions options) {
        if (changes.contains(AbilityResult.Change.COMA)) {
            return AbilityLevel.COMPLETE;
        }
        return byScore.worsenedBy(options.worseningTogether() ? Math.min(1, changes.size()) : changes.size());
    }

    private static boolean riskEventsWorsen(AbilityFindings findings, AbilityOptions options) {
        LocalDate since = findings.assessedOn().minusDays(RISK_EVENT_DAYS);
        List<RiskEvent> recent = findings.riskEvents()
                .stream()
                .filter(event -> !event.on().isBefore(since) && !event.on().isAfter(findings.assessedOn()))
                .toList();
        if (options.riskEventsOverAllKinds()) {
            return recent.size() >= RISK_EVENTS_THAT_WORSEN;
        }
        return recent.stream()
                .collect(Collectors.groupingBy(RiskEvent::kind, Collectors.counting()))
                .values()
                .stream()
                .anyMatch(count -> count >= RISK_EVENTS_THAT_WORSEN);
    }
}
