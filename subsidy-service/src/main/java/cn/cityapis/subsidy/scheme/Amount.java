package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Amount.Monthly.class, name = "monthly"),
        @JsonSubTypes.Type(value = Amount.CappedRate.class, name = "capped-rate")})
@Schema(name = "SchemeAmount", description = "金额：monthly 按月定额；capped-rate 按比例并封顶")
public sealed interface Amount {

    /**
     * A fixed amount for a number of months; the first tier that holds decides.
     *
     * @param months figure that holds the number of months
     */
    @Schema(name = "SchemeMonthlyAmount", description = "按月定额")
    record Monthly(@Schema(description = "发放月数（数值名称）") String months, @Schema(description = "档次") List<Tier> tiers)
            implements
                Amount {

        public Monthly {
            tiers = tiers == null ? List.of() : List.copyOf(tiers);
        }
    }

    /**
     * A part of what was spent, by step, rounded half up once, then capped.
     *
     * @param base fact that holds what was spent, in fen
     * @param step CEL: which step of the rates, from 1
     * @param rates figures in percent, by step
     * @param cap figure in fen
     */
    @Schema(name = "SchemeCappedRateAmount", description = "按比例并封顶（四舍五入到分一次，再封顶）")
    record CappedRate(@Schema(description = "基数（事实名称）") String base, @Schema(description = "第几档（表达式）") String step,
            @Schema(description = "各档比例（数值名称）") List<String> rates, @Schema(description = "封顶（数值名称）") String cap,
            @Schema(description = "依据") @Nullable Citation citation) implements Amount {

        public CappedRate {
            rates = rates == null ? List.of() : List.copyOf(rates);
        }
    }

    /** @param figure the amount in fen a month */
    @Schema(name = "SchemeTier", description = "一个档次")
    record Tier(@Schema(description = "中文说明") String label, @Schema(description = "适用条件（表达式）") String when,
            @Schema(description = "金额（数值名称）") String figure, @Schema(description = "依据") @Nullable Citation citation) {
    }
}
