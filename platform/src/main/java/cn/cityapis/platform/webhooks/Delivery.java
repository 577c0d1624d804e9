package cn.cityapis.platform.webhooks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event on its way to one webhook. */
@Schema(description = "一个事件的投递情况")
record Delivery(@Schema(description = "事件编号，即请求头 webhook-id") UUID eventId,
        @Schema(description = "事件类型") String type, @Schema(description = "事件所说的对象") String subject,
        @Schema(description = "事件发生的时间") Instant occurredAt,
        @Schema(description = "状态：待投递、已送达、死信（不再重试，可重放）") State state,
        @Schema(description = "已尝试的次数", example = "1") int attempts,
        @Schema(description = "下次尝试的时间") @Nullable Instant nextAttemptAt,
        @Schema(description = "最近一次对方的 HTTP 状态", example = "503") @Nullable Integer lastStatus,
        @Schema(description = "最近一次失败的原因", example = "timeout") @Nullable String lastError,
        @Schema(description = "送达的时间") @Nullable Instant deliveredAt, @JsonIgnore long sequence) {

    enum State {
        PENDING, DELIVERED, DEAD
    }
}
