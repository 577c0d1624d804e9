package cn.cityapis.subsidy.insurance;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** One insured person of a filing, as who reviews it sees him. */
@Schema(name = "InsuredRow", description = "保费补贴申请表的一行（姓名、公民身份号码已脱敏）")
record InsuredRow(@Schema(description = "行号", example = "1") int line,
        @Schema(description = "核定所用的方案", example = "talent-insurance-rd") String schemeId,
        @Schema(description = "方案版本", example = "1") int schemeVersion,
        @Schema(description = "姓名（已脱敏）", example = "王*") String name,
        @Schema(description = "公民身份号码（已脱敏）", example = "37****************") String idNumber,
        @Schema(description = "企业", example = "演示科技公司") String company,
        @Schema(description = "保险单号", example = "DEMO-1") String policyNumber,
        @Schema(description = "实缴保费（分）", example = "10000000") long premiumFen,
        @Schema(description = "核定补贴（分）", example = "8000000") long subsidyFen,
        @Schema(description = "申报的资格情况，按方案的事实名：入选年度、级别、是否在名单内、已享受年数等") Map<String, Object> facts) {
}
