package cn.cityapis.subsidy.report;

import cn.cityapis.subsidy.scheme.Funding;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What one budget paid in a calendar year, whichever year's budget it is. */
@Schema(name = "PaymentYearReportLine", description = "一项预算在一个自然年度内的收付；不含个人信息")
record PaidLine(@Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
        @Schema(description = "区划代码", example = "371002") String areaCode,
        @Schema(description = "承担方") Funding.Party party,
        @Schema(description = "预算年度", example = "2026") int budgetYear,
        @Schema(description = "支付（分）", example = "500000") long paidFen,
        @Schema(description = "到账后退汇（分）", example = "0") long returnedFen,
        @Schema(description = "决定追回（分）", example = "0") long claimedFen,
        @Schema(description = "归还（分）", example = "0") long repaidFen,
        @Schema(description = "净支付（分）：支付减退汇、归还", example = "500000") long netFen,
        @Schema(description = "向多少份申请支付", example = "1") long paidCases) {

    static final List<String> HEAD = List.of("方案", "区划代码", "承担方", "预算年度", "支付（分）", "退汇（分）", "决定追回（分）", "归还（分）",
            "净支付（分）", "支付份数");

    List<Object> cells() {
        return List.of(schemeId, areaCode, party == Funding.Party.CITY ? "市级" : "区市", Integer.toString(budgetYear),
                paidFen, returnedFen, claimedFen, repaidFen, netFen, paidCases);
    }
}
