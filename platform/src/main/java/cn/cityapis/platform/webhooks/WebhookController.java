package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Detached;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/${spring.application.name}/v1/webhooks")
@Tag(name = "事件订阅", description = "本服务的事件以签名的 HTTP 请求（Standard Webhooks、CloudEvents）发往合作系统：至少一次，同一对象的事件按次序")
class WebhookController {

    private final KeepWebhooks keep;
    private final Webhooks webhooks;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;

    WebhookController(KeepWebhooks keep, Webhooks webhooks, Idempotency idempotency,
            TransactionalOperator transaction) {
        this.keep = keep;
        this.webhooks = webhooks;
        this.idempotency = idempotency;
        this.transaction = transaction;
    }

    @Schema(description = "事件订阅的修改")
    record WebhookChange(@NotNull(message = "请填写内容") @Valid @Nullable WebhookForm webhook,
            @Schema(description = "是否暂停；暂停期间的事件不投递，恢复后可重放", example = "false", requiredMode = Schema.RequiredMode.REQUIRED) boolean paused) {
    }

    @Schema(description = "签名密钥")
    record WebhookSecrets(
            @Schema(description = "有效的密钥，新的在前；更换后的 24 小时内有两个", example = "[\"whsec_…\"]") List<String> secrets) {
    }

    @PostMapping
    @Access(scope = "events.subscribe")
    @Operation(operationId = "createWebhook", summary = "新建事件订阅", description = "创建之后发生的事件才投递。密钥由 GET …/secret 读取。每个客户端最多 20 个。")
    @ApiResponse(responseCode = "201", description = "已创建", useReturnTypeSchema = true)
    Mono<ResponseEntity<Webhook>> create(IdempotencyKey key, Caller caller, @RequestBody WebhookForm form) {
        return idempotency.execute(key, form, () -> keep.create(caller, form)
                .map(made -> ResponseEntity.status(HttpStatus.CREATED).eTag(ETags.of(made.version())).body(made)));
    }

    @GetMapping
    @Access(scope = "events.subscribe")
    @Operation(operationId = "listWebhooks", summary = "本客户端的事件订阅", description = "管理员（admin）看到所有客户端的。")
    Mono<Page<Webhook>> list(PageRequest page, Caller caller) {
        UUID after = after(page);
        return (KeepWebhooks.isAdministrator(caller)
                ? webhooks.all(after, page.rowsToRead())
                : webhooks.of(caller.clientId(), after, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, webhook -> List.of(webhook.id().toString())));
    }

    @GetMapping("/{webhookId}")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "getWebhook", summary = "一个事件订阅", description = "只能查看本客户端的；管理员（admin）可查看所有的。")
    Mono<ResponseEntity<Webhook>> get(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            Caller caller) {
        return keep.readable(caller, id).map(WebhookController::ok);
    }

    @PutMapping("/{webhookId}")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "changeWebhook", summary = "修改、暂停或重新启用事件订阅", description = "已停止的订阅修改后重新开始；未送达的事件继续投递。管理员（admin）可暂停其他客户端的，内容须与原来相同。")
    Mono<ResponseEntity<Webhook>> change(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            IfMatch ifMatch, Caller caller,
            @RequestBody WebhookChange change) {
        return keep.change(caller, id, ifMatch, Objects.requireNonNull(change.webhook()), change.paused())
                .map(WebhookController::ok).as(transaction::transactional).as(Detached::run);
    }

    @DeleteMapping("/{webhookId}")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "deleteWebhook", summary = "删除事件订阅", description = "连同投递记录一并删除。管理员（admin）可删除其他客户端的。")
    @ApiResponse(responseCode = "204", description = "已删除")
    Mono<ResponseEntity<Void>> delete(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            IfMatch ifMatch, Caller caller) {
        return keep.remove(caller, id, ifMatch).thenReturn(ResponseEntity.noContent().<Void>build())
                .as(transaction::transactional).as(Detached::run);
    }

    @GetMapping("/{webhookId}/secret")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "readWebhookSecret", summary = "读取签名密钥", description = "每次读取都有记录。")
    Mono<ResponseEntity<WebhookSecrets>> secret(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            Caller caller) {
        return keep.secrets(caller, id).as(transaction::transactional)
                .map(secrets -> ResponseEntity.ok().cacheControl(CacheControl.noStore())
                        .body(new WebhookSecrets(secrets)));
    }

    @PostMapping("/{webhookId}/secret-renewals")
    @Access(scope = "events.subscribe")
    @Operation(operationId = "renewWebhookSecret", summary = "更换签名密钥", description = "此后 24 小时内每次投递带新旧两个签名。")
    Mono<ResponseEntity<Webhook>> renew(@Parameter(description = "事件订阅的编号") @PathVariable("webhookId") UUID id,
            IdempotencyKey key, IfMatch ifMatch,
            Caller caller) {
        return idempotency.execute(key, null,
                () -> keep.renewSecret(caller, id, ifMatch).map(WebhookController::ok));
    }

    static ResponseEntity<Webhook> ok(Webhook webhook) {
        return ResponseEntity.ok().eTag(ETags.of(webhook.version())).body(webhook);
    }

    private static UUID after(PageRequest page) {
        try {
            return page.isFirst() ? new UUID(0, 0) : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
