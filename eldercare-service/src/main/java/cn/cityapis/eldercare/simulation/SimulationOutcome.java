package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of many runs of one setting. */
@Schema(description = "一种设定下多次模拟的结果，按通道")
record SimulationOutcome(@Schema(description = "各通道") List<ChannelOutcome> channels) {

    @Schema(description = "一个通道的结果")
    record ChannelOutcome(@Schema(description = "通道", example = "ORDINARY") Channel channel,
            @Schema(description = "一年内入住人数") Range placed,
            @Schema(description = "一年后仍在轮候的人数") Range waitingAtEnd,
            @Schema(description = "入住者平均等待天数；没有人入住时不出现") @Nullable Range meanWaitDays) {
    }

    /** One run in ten is below p10, one in ten above p90. */
    @Schema(description = "各次模拟的分布：一成低于 p10，一半低于 p50，一成高于 p90")
    record Range(@Schema(description = "一成的模拟低于此数（第 10 百分位）", example = "31") double p10,
            @Schema(description = "一半的模拟低于此数（中位数）", example = "40") double p50,
            @Schema(description = "九成的模拟低于此数（第 90 百分位）", example = "49") double p90) {

        static Range of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Range(at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9));
        }

        private static double at(double[] sorted, double share) {
            double value = sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
            return Math.round(value * 10) / 10.0;
        }
    }
}
