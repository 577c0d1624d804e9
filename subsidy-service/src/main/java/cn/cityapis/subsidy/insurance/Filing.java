package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.time.Deadline;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the lead insurer files for the insured of one district in one year's round (第十一条). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "InsuranceFiling", description = "一个区市一个年度的保费补贴申报")
record Filing(@Schema(description = "申报编号") UUID id, @Schema(description = "版本", example = "1") long version,
        @Schema(description = "集中投保编号") UUID roundId, @Schema(description = "年度", example = "2026") int year,
        @Schema(description = "区市代码", example = "371002") String areaCode,
        @Schema(description = "状态") FilingRules.State state, @Schema(description = "状态说明") String stateText,
        @Schema(description = "申报期限：投保结束后 5 个工作日（第十一条）") Deadline filingDue,
        @Schema(description = "申报时间") @Nullable OffsetDateTime filedAt,
        @Schema(description = "是否逾期申报") boolean filedLate,
        @Schema(description = "区市初审期限：材料合格后 10 个工作日（第十一条）") @Nullable Deadline districtDue,
        @Schema(description = "区市初审是否逾期") boolean districtLate, @Schema(description = "人数", example = "2") int rows,
        @Schema(description = "补贴合计（分）", example = "8000000") long subsidyFen,
        @Schema(description = "退回或不通过的理由") @Nullable String note,
        @Schema(description = "收款账户（承保机构，已脱敏）") String payeeAccount,
        @Schema(description = "拨付承保机构的银行流水号") @Nullable String bankReference,
        @Schema(description = "已上传的材料") List<Paper> files,
        @Schema(description = "第几轮审核：退回或未通过后重新申报的，各部门重新出具意见", example = "1") int reviewRound,
        @Schema(description = "各轮的审核意见") List<Opinion> opinions) {

    /**
     * The round it belongs to, as far as access and periods need it.
     *
     * @param accountConfirmed whether another than who entered the account has confirmed it
     */
    record Round(UUID id, int year, String leadOrg, String leadName, int leadPercent, LocalDate opens, LocalDate closes,
            Deadline filingDue, String account, boolean accountConfirmed) {

        String maskedAccount() {
            int shown = Math.min(4, account.length());
            return "*".repeat(account.length() - shown) + account.substring(account.length() - shown);
        }

        @Override
        public String toString() {
            return "Round[" + year + "]";
        }
    }

    /** The papers that 第十一条 names. */
    enum PaperKind {
        @JsonProperty("application")
        APPLICATION, @JsonProperty("table")
        TABLE, @JsonProperty("policies")
        POLICIES, @JsonProperty("payment-proof")
        PAYMENT_PROOF
    }

    @Schema(name = "InsurancePaper", description = "一份申报材料")
    record Paper(@Schema(description = "材料编号") UUID id,
            @Schema(description = "类别：application 资金申请报告；table 保费补贴申请表；policies 保险单复印件；payment-proof 缴费凭证") PaperKind kind,
            @Schema(description = "类型", example = "application/pdf") String mediaType,
            @Schema(description = "大小（字节）", example = "12345") int sizeBytes,
            @Schema(description = "SHA-256（十六进制）") String sha256) {
    }

    /** Which of the two that decide together. */
    enum Office {
        @JsonProperty("finance")
        FINANCE, @JsonProperty("talent")
        TALENT;

        /** The role in the token of who speaks for it. */
        String role() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(name = "InsuranceOpinion", description = "一个部门的审核意见")
    record Opinion(@Schema(description = "第几轮审核", example = "1") int round,
            @Schema(description = "层级：district 区市；city 市级", example = "district") String level,
            @Schema(description = "部门：finance 地方金融监管部门；talent 人才工作领导小组办公室") Office office,
            @Schema(description = "是否通过") boolean passed, @Schema(description = "意见") String comment,
            @Schema(description = "时间") OffsetDateTime decidedAt) {
    }
}
