package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/${spring.application.name}/v1/webhooks/{webhookId}")
@Tag(name = "事件订阅")
class DeliveryController {

    private final KeepWebhooks keep;
    private final Deliveries deliveries;
    private final Idempotency idempotency;

    DeliveryController(KeepWebhooks keep, Deliveries deliveries, Idempotency idempotency) {
        this.keep = keep;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    @Schema(description = "重放事件")
    record ReplayRequest(
            @Schema(description = "重放此时刻以来的事件", example = "2030-12-05T00:00:00+08:00") @NotNull(message = "请填写起始时刻") @Nullable OffsetDateTime since,
            @Schema(description = "是否只重放死信", example = "true", requiredMode = Schema.RequiredMode.REQUIRED) boolean onlyDead) {
    }

    @Schema(description = "重放的结果")
    record Replayed(@Schema(description = "将重新投递的事件数", example = "3") long events) {
    }

    @GetMapping("/deliveries")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "listWebhookDeliveries", summary = "投递记录", description = "新的在前；已送达的保留 30 天。")
    Mono<Page<Delivery>> list(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            @Parameter(description = "只看这种状态的", example = "DEAD") @RequestParam(name = "state", required = false) Delivery.@Nullable State state,
            PageRequest page, Caller caller) {
        long before = before(page);
        return keep.readable(caller, id).then(deliveries.page(id, state, before, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, delivery -> List.of(String.valueOf(delivery.sequence()))));
    }

    @PostMapping("/replays")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "replayWebhook", summary = "重放事件", description = "按原次序重新投递；事件编号不变，接收方据此识别重复。不早于订阅创建之时，已投递的事件保留 30 天；一次至多 10000 个事件，从最早的起，其后的另行重放。管理员可代为重放。")
    Mono<ResponseEntity<Replayed>> replay(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            IdempotencyKey key, Caller caller,
            @RequestBody ReplayRequest request) {
        return idempotency.execute(key, request, () -> keep
                .replay(caller, id, Objects.requireNonNull(request.since()).toInstant(), request.onlyDead())
                .map(count -> ResponseEntity.status(HttpStatus.ACCEPTED).body(new Replayed(count))));
    }

    @PostMapping("/tests")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "testWebhook", summary = "发送测试事件", description = "事件类型以 .webhook.test 结尾；结果见投递记录。")
    Mono<ResponseEntity<Replayed>> test(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            IdempotencyKey key, Caller caller) {
        return idempotency.execute(key, null, () -> keep.test(caller, id)
                .thenReturn(ResponseEntity.status(HttpStatus.ACCEPTED).body(new Replayed(1))));
    }

    private static long before(PageRequest page) {
        try {
            return page.isFirst() ? Long.MAX_VALUE : Long.parseLong(page.after().getFirst());
        } catch (NumberFormatException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
