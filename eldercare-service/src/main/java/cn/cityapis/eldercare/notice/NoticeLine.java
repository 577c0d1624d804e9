package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;

/** All that a notice says of one applicant. */
@Schema(description = "公示的一行：次序、排队号、通道、申请月份、姓氏；查询标记只有申请人凭查询码能认出")
public record NoticeLine(@Schema(description = "次序", example = "1") int place,
        @Schema(description = "排队号", example = "128") int queueNumber,
        @Schema(description = "通道", example = "ORDINARY") Channel channel,
        @Schema(description = "申请月份", example = "2026-03") String appliedMonth,
        @Schema(description = "姓氏", example = "张*") String name,
        @Schema(description = "查询标记，每期不同", example = "5f0c9a7be1d2c384") String mark) {
}
