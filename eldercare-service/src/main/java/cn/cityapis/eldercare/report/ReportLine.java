package cn.cityapis.eldercare.report;

import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One home, one channel, one month; nothing about persons. */
@Schema(description = "一家机构一个通道一个月的轮候情况；不含个人信息")
public record ReportLine(@Schema(description = "月份", example = "2026-10", type = "string") String month,
        @Schema(description = "机构编号") UUID homeId,
        @Schema(description = "机构代码", example = "demo-home-1") String homeCode,
        @Schema(description = "机构名称", example = "环翠区社会福利中心（演示）") String homeName,
        @Schema(description = "区划代码", example = "371002") String districtCode,
        @Schema(description = "通道", example = "ORDINARY") Channel channel,
        @Schema(description = "本月新进入轮候", example = "7") int entered,
        @Schema(description = "月末轮候人数（当月为截至查询时）", example = "41") int waiting,
        @Schema(description = "本月入住", example = "5") int admitted,
        @Schema(description = "本月其他原因退出", example = "1") int otherEnds,
        @Schema(description = "本月入住者等待天数：中位数；无人入住时不出现", example = "63") @Nullable Integer medianWaitDays,
        @Schema(description = "本月入住者等待天数：九成不超过；无人入住时不出现", example = "120") @Nullable Integer longWaitDays,
        @Schema(description = "本月发出的入住通知", example = "6") int offers,
        @Schema(description = "其中已接受", example = "4") int accepted,
        @Schema(description = "其中被拒绝", example = "1") int refused,
        @Schema(description = "其中逾期", example = "1") int lapsed,
        @Schema(description = "本月错过的期限（审核、情况变更核实、评估结果、复核、办理入住）", example = "1") int deadlinesMissed) {
}
