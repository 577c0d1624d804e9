package cn.cityapis.platform.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a client wants to be told of what. */
@Schema(description = "事件订阅：事件发往何处")
record Webhook(@Schema(description = "编号") UUID id,
        @Schema(description = "所属的客户端", example = "partner-1") String clientId,
        @Schema(description = "接收地址", example = "https://partner.example.com/city-events") String url,
        @Schema(description = "订阅的事件类型") List<String> eventTypes,
        @Schema(description = "说明", example = "生产环境") String description,
        @Schema(description = "状态：启用、暂停、停止（对方以 410 拒收或连续五天失败）") State state,
        @Schema(description = "停止的原因：GONE 对方以 410 拒收；FAILING 连续五天失败") @Nullable StopReason stoppedReason,
        @Schema(description = "从何时起一直失败；最近一次成功则不出现") @Nullable Instant failingSince,
        @Schema(description = "创建时间") Instant createdAt, @Schema(description = "版本", example = "1") long version) {

    enum State {
        ACTIVE, PAUSED, STOPPED
    }

    enum StopReason {
        GONE, FAILING
    }
}
