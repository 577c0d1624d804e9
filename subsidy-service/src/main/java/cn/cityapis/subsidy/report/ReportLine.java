package cn.cityapis.subsidy.report;

import cn.cityapis.subsidy.scheme.Funding;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** One budget of a year; what is in its accounts adds up to what was appropriated. */
@Schema(name = "YearReportLine", description = "一项预算一年的使用情况；不含个人信息")
record ReportLine(@Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
        @Schema(description = "区划代码", example = "371002") String areaCode,
        @Schema(description = "承担方") Funding.Party party,
        @Schema(description = "预算下达（分）", example = "100000000") long appropriatedFen,
        @Schema(description = "可用（分）", example = "82000000") long availableFen,
        @Schema(description = "已承诺未支付（分）", example = "17500000") long committedFen,
        @Schema(description = "已送银行（分）", example = "0") long inTransitFen,
        @Schema(description = "已支付（分，已扣除追回）", example = "500000") long paidFen,
        @Schema(description = "应收回未归还（分）", example = "0") long receivableFen,
        @Schema(description = "市级拨来待付承保机构（分）", example = "0") long cityFundsFen,
        @Schema(description = "已向多少份申请支付", example = "1") long paidCases) {

    static final List<String> HEAD = List.of("方案", "区划代码", "承担方", "预算下达（分）", "可用（分）", "已承诺（分）", "已送银行（分）", "已支付（分）",
            "应收回（分）", "市级拨来待付（分）", "已支付份数");

    List<Object> cells() {
        return List.of(schemeId, areaCode, party == Funding.Party.CITY ? "市级" : "区市", appropriatedFen, availableFen,
                committedFen, inTransitFen, paidFen, receivableFen, cityFundsFen, paidCases);
    }
}
