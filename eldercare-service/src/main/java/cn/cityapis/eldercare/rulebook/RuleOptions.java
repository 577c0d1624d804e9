package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Figures of the rule and what it leaves to the operator; valid from a day on. */
@Schema(description = "办法中的数值与运营方的有日期选项")
public record RuleOptions(@Schema(description = "最低年龄（第五条）", example = "60") int minimumAge,
        @Schema(description = "本市行政区划代码前缀（第五条）", example = "3710") String areaPrefix,
        @Schema(description = "一份申请最多可选机构数（运营方选项）", example = "3") int mostHomes,
        @Schema(description = "审核工作日（第十三条）", example = "5") int reviewWorkingDays,
        @Schema(description = "异议工作日（第十八条）", example = "5") int objectionWorkingDays,
        @Schema(description = "办理入住工作日（第二十四条）", example = "5") int moveInWorkingDays,
        @Schema(description = "估算等待时间所看的天数", example = "365") int flowDays,
        @Schema(description = "估算等待时间至少需要的入住例数", example = "20") int leastPlacements,
        @Schema(description = "精神障碍与照护风险是否合并升一级", example = "true") boolean worseningTogether,
        @Schema(description = "照护风险事件是否跨类别合计", example = "true") boolean riskEventsOverAllKinds,
        @Schema(description = "免费评估的费用承担方（第十九条未写明）", example = "区市民政部门") String exemptFeePayer,
        @Schema(description = "提交评估结果的工作日（第十八条）", example = "1") int resultWorkingDays,
        @Schema(description = "复核评估的自然日（第十八条）", example = "5") int recheckDays,
        @Schema(description = "期限届满前几个工作日提醒（运营方选项）", example = "1") int warnWorkingDays,
        @Schema(description = "情况变更后是否保留原申请时间（第十四条未写明）", example = "true") boolean keepOriginalTime,
        @Schema(description = "机构核实情况变更的工作日（第十四条未写明）", example = "5") int changeReviewWorkingDays,
        @Schema(description = "约定评估至少提前几个工作日通知（第十六条未写明）；申请人自己改期不受此限", example = "2") int appointmentNoticeWorkingDays,
        @Schema(description = "约定日期最晚在几天之内（第十六条未写明）", example = "60") int assessWithinDays,
        @Schema(description = "申请人最多可自行改期几次（第十六条未写明）", example = "3") int mostAppointmentChanges,
        @Schema(description = "草稿和待补正的申请多少天无人续办即终止（运营方选项，第十三条未写明）", example = "90") @Nullable Integer unfinishedDays) {

    private static final int UNFINISHED_DAYS = 90;

    /** What a book of before does not say is the platform's own. */
    public RuleOptions {
        unfinishedDays = unfinishedDays == null ? Integer.valueOf(UNFINISHED_DAYS) : unfinishedDays;
    }

    @Override
    public Integer unfinishedDays() {
        return Objects.requireNonNull(unfinishedDays);
    }
}
