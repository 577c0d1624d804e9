package cn.cityapis.eldercare.waitlist;

import io.swagger.v3.oas.annotations.media.Schema;

/** Exact at the time of reading; 1 is the first. */
@Schema(description = "轮候位次（读取时的准确位次，1 为第一位）")
public record Position(@Schema(description = "本通道内位次", example = "3") long inChannel,
        @Schema(description = "整个队列内位次", example = "12") long inQueue,
        @Schema(description = "是否为暂定位次（审核、评估完成前）", example = "true") boolean provisional) {
}
