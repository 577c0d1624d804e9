package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.DiscriminatorMapping;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Amount.Monthly.class, name = "monthly"),
        @JsonSubTypes.Type(value = Amount.CappedRate.class, name = "capped-rate"),
        @JsonSubTypes.Type(value = Amount.Fixed.class, name = "fixed"),
        @JsonSubTypes.Type(value = Amount.Matching.class, name = "matching"),
        @JsonSubTypes.Type(value = Amount.UpTo.class, name = "up-to")})
@Schema(name = "SchemeAmount", discriminatorProperty = "kind", discriminatorMapping = {
        @DiscriminatorMapping(value = "monthly", schema = Amount.Monthly.class),
        @DiscriminatorMapping(value = "capped-rate", schema = Amount.CappedRate.class),
        @DiscriminatorMapping(value = "fixed", schema = Amount.Fixed.class),
        @DiscriminatorMapping(value = "matching", schema = Amount.Matching.class),
        @DiscriminatorMapping(value = "up-to", schema = Amount.UpTo.class)}, description = "金额：monthly 按月定额；capped-rate 按比例（可封顶）；fixed 一次性定额；matching 按比例配套；up-to 只规定上限，具体金额由评审确定")
public sealed interface Amount {

    /** How often the amount can be had. */
    enum Per {
        @JsonProperty("once")
        ONCE, @JsonProperty("year")
        YEAR
    }

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
     * @param base CEL: what was spent, in fen (times the divisors)
     * @param step CEL: which step of the rates, from 1; null: the first
     * @param rates figures in percent, by step
     * @param cap figure in fen; null: no cap
     * @param dividedBy figures by whose product the base is divided, before the one rounding
     * @param per null: a year
     */
    @Schema(name = "SchemeCappedRateAmount", description = "按比例并封顶（四舍五入到分一次，再封顶）")
    record CappedRate(@Schema(description = "基数（表达式，分）") String base,
            @Schema(description = "第几档（表达式）；空为第一档") @Nullable String step,
            @Schema(description = "各档比例（数值名称）") List<String> rates,
            @Schema(description = "封顶（数值名称）；空为不封顶") @Nullable String cap,
            @Schema(description = "基数除以这些数值的积（数值名称）") List<String> dividedBy,
            @Schema(description = "周期，缺省为年") @Nullable Per per,
            @Schema(description = "依据") @Nullable Citation citation) implements Amount {

        public CappedRate {
            rates = rates == null ? List.of() : List.copyOf(rates);
            dividedBy = dividedBy == null ? List.of() : List.copyOf(dividedBy);
        }
    }

    /**
     * A fixed amount, once; the first tier that holds decides.
     *
     * @param uses what the amount must be spent on, if that is said
     */
    @Schema(name = "SchemeFixedAmount", description = "一次性定额")
    record Fixed(@Schema(description = "档次") List<Tier> tiers,
            @Schema(description = "规定的用途及比例") List<Use> uses) implements Amount {

        public Fixed {
            tiers = tiers == null ? List.of() : List.copyOf(tiers);
            uses = uses == null ? List.of() : List.copyOf(uses);
        }
    }

    /**
     * In proportion to what another level of government granted, rounded half up once.
     *
     * @param base CEL: what the other level granted, in fen
     * @param percent figure
     */
    @Schema(name = "SchemeMatchingAmount", description = "按上级奖补金额的比例配套")
    record Matching(@Schema(description = "上级金额（表达式，分）") String base,
            @Schema(description = "配套比例（数值名称）") String percent,
            @Schema(description = "依据") @Nullable Citation citation) implements Amount {
    }

    /** Only a ceiling is laid down (不超过); somebody decides the amount below it. The first tier that holds decides. */
    @Schema(name = "SchemeUpToAmount", description = "只规定上限，具体金额由评审确定")
    record UpTo(@Schema(description = "周期") Per per,
            @Schema(description = "档次") List<Ceiling> tiers) implements Amount {

        public UpTo {
            tiers = tiers == null ? List.of() : List.copyOf(tiers);
        }
    }

    /**
     * The lower of a part of a base and of a cap; neither: the ceiling is laid down elsewhere.
     *
     * @param base CEL, in fen
     * @param rate figure in percent or per mille of the base; needs a base
     * @param cap figure in fen
     */
    @Schema(name = "SchemeCeiling", description = "一个档次的上限：比例部分与封顶取低者")
    record Ceiling(@Schema(description = "中文说明") String label, @Schema(description = "适用条件（表达式）") String when,
            @Schema(description = "基数（表达式，分）") @Nullable String base,
            @Schema(description = "比例（数值名称）") @Nullable String rate,
            @Schema(description = "封顶（数值名称）") @Nullable String cap,
            @Schema(description = "依据") @Nullable Citation citation) {
    }

    /** @param figure the amount in fen a month, or once */
    @Schema(name = "SchemeTier", description = "一个档次")
    record Tier(@Schema(description = "中文说明") String label, @Schema(description = "适用条件（表达式）") String when,
            @Schema(description = "金额（数值名称）") String figure, @Schema(description = "依据") @Nullable Citation citation) {
    }

    /** @param percent figure: the part of the amount that goes to this use */
    @Schema(name = "SchemeUse", description = "规定的用途")
    record Use(@Schema(description = "用途") String label, @Schema(description = "比例（数值名称）") String percent,
            @Schema(description = "依据") @Nullable Citation citation) {
    }
}
