package cn.cityapis.subsidy.application;

import cn.cityapis.platform.time.Deadline;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An application as it is shown: personal data masked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Application", description = "补贴申请（个人信息已脱敏）")
record ApplicationView(@Schema(description = "申请编号") UUID id,
        @Schema(description = "状态", example = "first-review") ApplicationState state,
        @Schema(description = "状态说明", example = "初审中") String stateText,
        @Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
        @Schema(description = "所依据的方案版本", example = "1") int schemeVersion,
        @Schema(description = "办理区市代码", example = "371002") @Nullable String areaCode,
        @Schema(description = "申请人（已脱敏）") Applicant applicant,
        @Schema(description = "申请时填写的事实") Map<String, Object> facts,
        @Schema(description = "申请基准日") @Nullable LocalDate caseDate,
        @Schema(description = "首期月份", example = "2026-11") @Nullable String firstMonth,
        @Schema(description = "末期月份", example = "2029-10") @Nullable String lastMonth,
        @Schema(description = "每月金额（分）", example = "500000") @Nullable Long monthlyFen,
        @Schema(description = "每期金额的上限（分）：金额由主管部门评审确定时", example = "1000000") @Nullable Long ceilingFen,
        @Schema(description = "期数", example = "36") @Nullable Integer months,
        @Schema(description = "初审期限") @Nullable Deadline firstReviewDue,
        @Schema(description = "公示截止日") @Nullable LocalDate noticeEnds,
        @Schema(description = "公示截止日是否暂定：该年放假安排尚未公布") @Nullable Boolean noticeProvisional,
        @Schema(description = "审核意见") List<Review> reviews, @Schema(description = "是否为演示数据") boolean demo,
        @Schema(description = "创建时间") OffsetDateTime createdAt,
        @Schema(description = "提交时间") @Nullable OffsetDateTime submittedAt) {

    static ApplicationView of(Application it) {
        Application.Terms terms = it.terms();
        Deadline noticed = it.notice() == null ? null : it.notice().ends();
        return new ApplicationView(it.id(), it.state(), it.state().label(), it.scheme(), it.schemeVersion(), it.area(),
                it.applicant().masked(), it.facts().values(), terms == null ? null : terms.caseDate(),
                terms == null ? null : terms.first().toString(), terms == null ? null : terms.last().toString(),
                terms == null ? null : terms.monthlyFen(), terms == null ? null : terms.ceilingFen(),
                terms == null ? null : terms.months(), it.reviewDue(),
                noticed == null ? null : noticed.lastDay(), noticed == null ? null : noticed.provisional(),
                it.reviews(), it.demo(), it.createdAt(), it.submittedAt());
    }
}
