package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.ability.AbilityItem;
import cn.cityapis.eldercare.ability.AbilityRules;
import cn.cityapis.eldercare.ability.RiskEvent;
import cn.cityapis.platform.problem.Violations;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an assessor records; total and level are computed. */
@Schema(description = "评估记录；只填各项得分与事实，总分与等级由系统计算")
record AssessmentRequest(
        @Schema(description = "26 项得分", example = AssessmentRequest.SCORES_EXAMPLE) @NotNull(message = "请填写各项得分") @Nullable Map<AbilityItem, Integer> scores,
        @Schema(description = "评估日期", example = "2026-11-02") @NotNull(message = "请填写评估日期") @Nullable LocalDate assessedOn,
        @Schema(description = "昏迷", example = "false", requiredMode = Schema.RequiredMode.REQUIRED) boolean coma,
        @Schema(description = "确诊痴呆（F00–F03）", example = "false", requiredMode = Schema.RequiredMode.REQUIRED) boolean dementiaDiagnosed,
        @Schema(description = "确诊其他精神障碍（F04–F99）", example = "false", requiredMode = Schema.RequiredMode.REQUIRED) boolean mentalDisorderDiagnosed,
        @Schema(description = "近 30 天照护风险事件") @Size(max = 100, message = "事件过多") @Nullable List<@NotNull(message = "不能为空") @Valid Event> riskEvents) {

    private static final String SCORES_EXAMPLE = "{\"EATING\":3,\"GROOMING\":2,\"BATHING\":1,\"DRESSING_UPPER\":2,\"DRESSING_LOWER\":2,"
            + "\"BLADDER_CONTROL\":2,\"BOWEL_CONTROL\":3,\"TOILETING\":2,\"BED_MOBILITY\":2,"
            + "\"BED_CHAIR_TRANSFER\":2,\"WALKING\":2,\"STAIRS\":1,\"TIME_ORIENTATION\":3,"
            + "\"SPACE_ORIENTATION\":3,\"PERSON_ORIENTATION\":3,\"MEMORY\":2,\"COMPREHENSION\":3,"
            + "\"EXPRESSION\":3,\"AGGRESSION\":1,\"DEPRESSION\":1,\"CONSCIOUSNESS\":2,\"VISION\":1,"
            + "\"HEARING\":1,\"DAILY_AFFAIRS\":2,\"TRANSPORT\":1,\"SOCIAL_CONTACT\":2}";

    @Schema(description = "照护风险事件")
    record Event(
            @Schema(description = "种类", example = "FALL") @NotNull(message = "请选择种类") RiskEvent.@Nullable Kind kind,
            @Schema(description = "日期", example = "2026-11-10") @NotNull(message = "请填写日期") @Nullable LocalDate on) {
    }

    /** 400 naming every score that is missing or out of range, and a date ahead. */
    AbilityFindings findings(LocalDate today) {
        Violations violations = new Violations();
        Map<AbilityItem, Integer> given = Objects.requireNonNull(scores);
        AbilityRules.errors(given)
                .forEach(error -> violations.add("/scores/" + error.item(), error.code(), error.detail()));
        LocalDate on = Objects.requireNonNull(assessedOn);
        if (on.isAfter(today)) {
            violations.add("/assessedOn", "out-of-range", "评估日期不能晚于今天");
        }
        violations.throwIfAny();
        List<Event> events = riskEvents == null ? List.of() : riskEvents;
        return new AbilityFindings(given, on, coma, dementiaDiagnosed, mentalDisorderDiagnosed, events.stream()
                .map(event -> new RiskEvent(Objects.requireNonNull(event.kind()), Objects.requireNonNull(event.on())))
                .toList());
    }
}
