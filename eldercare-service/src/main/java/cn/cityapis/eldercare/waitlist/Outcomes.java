package cn.cityapis.eldercare.waitlist;

import io.swagger.v3.oas.annotations.media.Schema;

/** Of those who apply, which share has come to which end after so many days; the shares and those who wait add up to 1. */
@Schema(description = "申请后若干天内的各种结果所占比例（竞争结局的累积发生率，Aalen–Johansen 估计）")
public record Outcomes(@Schema(description = "申请后的天数", example = "180") int days,
        @Schema(description = "已入住本机构", example = "0.62") double admitted,
        @Schema(description = "已入住其他机构", example = "0.05") double admittedElsewhere,
        @Schema(description = "自愿退出", example = "0.08") double withdrawn,
        @Schema(description = "去世", example = "0.04") double died,
        @Schema(description = "放弃或资格取消", example = "0.03") double forfeited,
        @Schema(description = "仍在轮候", example = "0.18") double waiting) {
}
