package cn.cityapis.eldercare.waitlist;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.YearMonth;
import java.time.ZoneId;

/** All that the public may see of an entry (第二十七条): nothing that tells who, how able or how poor. */
@Schema(description = "公示的一行：只含排队号、通道、申请月份和姓氏")
public record PublicQueueLine(@Schema(description = "排队号", example = "128") int queueNumber,
        @Schema(description = "通道", example = "ORDINARY") Channel channel,
        @Schema(description = "申请月份", example = "2026-03", type = "string") String appliedMonth,
        @Schema(description = "姓氏", example = "张*") String name) {

    public static PublicQueueLine of(Entry entry) {
        return new PublicQueueLine(entry.queueNumber(), entry.channel(),
                YearMonth.from(entry.appliedAt().atZone(ZoneId.of("Asia/Shanghai"))).toString(), entry.maskedName());
    }
}
