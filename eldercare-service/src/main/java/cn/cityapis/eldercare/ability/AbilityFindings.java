package cn.cityapis.eldercare.ability;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What an assessor records; total and level are computed from it. */
public record AbilityFindings(Map<AbilityItem, Integer> scores, LocalDate assessedOn, boolean coma,
        boolean dementiaDiagnosed, boolean mentalDisorderDiagnosed, List<RiskEvent> riskEvents) {

    public AbilityFindings {
        scores = Map.copyOf(scores);
        riskEvents = List.copyOf(riskEvents);
    }
}
