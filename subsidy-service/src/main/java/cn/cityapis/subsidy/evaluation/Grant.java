package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Funding;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is due.
 *
 * @param capped the cap decided, not the rate
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "应得金额")
public record Grant(@Schema(description = "发放周期") Period period,
        @Schema(description = "每期金额（分）", example = "500000") long amountFen,
        @Schema(description = "期数", example = "36") int periods,
        @Schema(description = "合计（分）", example = "18000000") long totalFen,
        @Schema(description = "档次", example = "博士") String tier, @Schema(description = "是否达到封顶") boolean capped,
        @Schema(description = "每期资金分担") List<ShareAmount> shares,
        @Schema(description = "按月或按年的金额") List<Instalment> instalments,
        @Schema(description = "用到的法定数值和选项") List<FigureRead> figures,
        @Schema(description = "依据") @Nullable CitationView citation,
        @Schema(description = "分担的依据") @Nullable CitationView fundingCitation,
        @Schema(description = "分担的说明") @Nullable String fundingNote,
        @Schema(description = "规定的用途") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UseAmount> uses)
        implements
            AmountRules.Due {

    static Grant of(Case it, Frame frame, Period period, Fen amount, int periods, String tier, boolean capped,
            List<Instalment> instalments, List<String> read, @Nullable Citation citation) {
        Funding funding = frame.scheme().funding();
        return new Grant(period, amount.value(), periods, amount.times(periods).value(), tier, capped,
                AmountRules.shares(funding, amount), instalments, it.figuresRead(read),
                frame.cite(citation, it.isDemo()), frame.cite(funding.citation(), it.isDemo() || funding.demo()),
                funding.note(), List.of());
    }

    Grant with(List<UseAmount> prescribed) {
        return new Grant(period, amountFen, periods, totalFen, tier, capped, shares, instalments, figures, citation,
                fundingCitation, fundingNote, prescribed);
    }

    /** How often. */
    public enum Period {
        @JsonProperty("month")
        MONTH, @JsonProperty("year")
        YEAR, @JsonProperty("once")
        ONCE
    }

    @Schema(description = "规定用途的金额")
    public record UseAmount(@Schema(description = "用途") String label, @Schema(description = "金额（分）") long amountFen) {
    }

    @Schema(description = "一方每期承担的金额")
    public record ShareAmount(@Schema(description = "承担方") Funding.Party party,
            @Schema(description = "金额（分）") long amountFen) {
    }

    /** @param period 2026-11 or 2026 */
    @Schema(description = "一期金额")
    public record Instalment(@Schema(description = "月份或年份", example = "2026-11") String period,
            @Schema(description = "金额（分）", example = "500000") long amountFen) {
    }

    /** All of it in the year of the case. */
    static List<Instalment> inTheYear(Case it, Fen amount) {
        return List.of(new Instalment(Integer.toString(it.asOf().getYear()), amount.value()));
    }

    static List<Instalment> months(YearMonth first, int months, long fen) {
        return java.util.stream.IntStream.range(0, months)
                .mapToObj(n -> new Instalment(first.plusMonths(n).toString(), fen))
                .toList();
    }
}
