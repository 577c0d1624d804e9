package cn.cityapis.subsidy.scheme;

import cn.cityapis.subsidy.expression.ValueType;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A figure of the law, or the choice made where the law is silent: a list of dated values. */
@Schema(name = "SchemeFigure", description = "法定数值（或法规未明确时的选项）及其各时段取值")
public record Figure(@Schema(description = "名称（表达式中的变量）", example = "doctorMonthlyFen") String id,
        @Schema(description = "中文名称") String label, @Schema(description = "单位") Unit unit,
        @Schema(description = "各时段、各批次的取值") List<Dated> values) {

    public Figure {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /** What a value counts. */
    public enum Unit {
        @JsonProperty("fen")
        FEN(ValueType.MONEY), @JsonProperty("percent")
        PERCENT(ValueType.INTEGER), @JsonProperty("per-mille")
        PER_MILLE(ValueType.INTEGER), @JsonProperty("number")
        NUMBER(ValueType.INTEGER), @JsonProperty("years")
        YEARS(ValueType.INTEGER), @JsonProperty("months")
        MONTHS(ValueType.INTEGER), @JsonProperty("days")
        DAYS(ValueType.INTEGER),
        /** 1 yes, 0 no. */
        @JsonProperty("yes-no")
        YES_NO(ValueType.BOOLEAN);

        private final ValueType type;

        Unit(ValueType type) {
            this.type = type;
        }

        public ValueType type() {
            return type;
        }
    }

    /**
     * One value and where it holds.
     *
     * @param until last day, null while open
     * @param note why this value, where the law does not say
     * @param approver the office that answers for it
     */
    @Schema(name = "SchemeFigureValue", description = "一个时段内的取值")
    public record Dated(
            @Schema(description = "数值（单位见 unit）", example = "500000") @JsonProperty(required = true) long value,
            @Schema(description = "适用批次") String cohort,
            @Schema(description = "起始日") LocalDate from, @Schema(description = "截止日（含），未定则空") @Nullable LocalDate until,
            @Schema(description = "依据") @Nullable Citation citation, @Schema(description = "说明") @Nullable String note,
            @Schema(description = "批准单位") String approver, @Schema(description = "是否为演示数据") boolean demo) {

        boolean holds(String wanted, LocalDate on) {
            return cohort.equals(wanted) && !on.isBefore(from) && (until == null || !on.isAfter(until));
        }

        boolean overlaps(Dated other) {
            return cohort.equals(other.cohort) && (until == null || !other.from.isAfter(until))
                    && (other.until == null || !from.isAfter(other.until));
        }
    }

    public Optional<Dated> on(String cohort, LocalDate date) {
        return values.stream().filter(value -> value.holds(cohort, date)).findFirst();
    }

    /** As an expression sees it. */
    public Object valueOf(Dated dated) {
        return unit == Unit.YES_NO ? (Object) (dated.value() != 0) : (Object) dated.value();
    }

    /** As people see it. */
    public String show(Dated dated) {
        return switch (unit) {
            case FEN -> new cn.cityapis.subsidy.money.Fen(dated.value()).yuan() + " 元";
            case PERCENT -> dated.value() + "%";
            case PER_MILLE -> dated.value() + "‰";
            case NUMBER -> Long.toString(dated.value());
            case YEARS -> dated.value() + " 年";
            case MONTHS -> dated.value() + " 个月";
            case DAYS -> dated.value() + " 天";
            case YES_NO -> dated.value() != 0 ? "是" : "否";
        };
    }
}
