package cn.cityapis.subsidy.scheme;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps which terms.
 *
 * @param fact the date (or year) of a case that decides its cohort
 */
@Schema(name = "SchemeCohorts", description = "批次：按某项事实的日期确定适用哪一批次的规定")
public record Cohorts(@Schema(description = "决定批次的事实", example = "engagementStart") String fact,
        @Schema(description = "各批次") List<Cohort> list, @Schema(description = "依据") @Nullable Citation citation) {

    public Cohorts {
        list = list == null ? List.of() : List.copyOf(list);
    }

    /**
     * @param until last day, null while open
     * @param demoAfter cases after this day rest on demo terms
     */
    @Schema(name = "SchemeCohort", description = "一个批次")
    public record Cohort(@Schema(description = "批次编号，在方案内唯一", example = "from-2022") String id,
            @Schema(description = "中文名称") String label,
            @Schema(description = "第一日（含）", example = "2022-01-01") LocalDate from,
            @Schema(description = "最后一日（含）；仍在继续的不出现", example = "2026-12-31") @Nullable LocalDate until,
            @Schema(description = "此日之后的情形按演示数据处理") @Nullable LocalDate demoAfter) {

        boolean holds(LocalDate date) {
            return !date.isBefore(from) && (until == null || !date.isAfter(until));
        }

        public boolean isDemoOn(LocalDate date) {
            return demoAfter != null && date.isAfter(demoAfter);
        }
    }

    public Optional<Cohort> of(LocalDate date) {
        for (Cohort cohort : list) {
            if (cohort.holds(date)) {
                return Optional.of(cohort);
            }
        }
        return Optional.empty();
    }
}
