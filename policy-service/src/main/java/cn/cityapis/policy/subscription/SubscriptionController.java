package cn.cityapis.policy.subscription;

import cn.cityapis.platform.audit.Audit;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/subscriptions")
@Tag(name = "政策订阅", description = "保存画像或检索条件；新文件、新版本符合时发出事件 policy.matched（每个订阅、每个文件版本恰好一次，按次序）；命中过的文件施行、期满、被废止、延长或撤回时发出 policy.status-changed")
class SubscriptionController {

    private static final String EVENTS = "events.subscribe";

    private final Subscriptions subscriptions;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Audit audit;

    SubscriptionController(Subscriptions subscriptions, Idempotency idempotency, TransactionalOperator transaction,
            Audit audit) {
        this.subscriptions = subscriptions;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.audit = audit;
    }

    @PostMapping
    @Access(scope = "policy.read")
    @Operation(operationId = "createSubscription", summary = "新建订阅", description = "创建之后入库的文件和版本才会通知。画像按支持条款的受众（含其上位和下位类别）和金额匹配；检索条件按检索的读法理解（别称、数字写法、文号），但每个词都须出现。每人最多 50 个；程序以自己的名义订阅还需要 events.subscribe。")
    @ApiResponse(responseCode = "201", description = "已创建", useReturnTypeSchema = true)
    Mono<ResponseEntity<Subscription>> create(IdempotencyKey key, Caller caller, @RequestBody SubscriptionForm form) {
        String owner = owner(caller);
        return idempotency.execute(key, form, () -> subscriptions.add(owner, caller.clientId(), form.checked())
                .flatMap(made -> audit.record(caller, "create", "policy-subscription", made.id().toString(), Map.of())
                        .thenReturn(ResponseEntity.created(URI.create("/api/policy/v1/subscriptions/" + made.id()))
                                .eTag(ETags.of(Subscription.VERSION)).body(made))));
    }

    @GetMapping
    @Access(scope = "policy.read")
    @Operation(operationId = "listSubscriptions", summary = "我的订阅", description = "先建的在前。")
    Mono<Page<Subscription>> list(PageRequest page, Caller caller) {
        UUID after = page.isFirst() ? new UUID(0, 0) : cursor(page, UUID::fromString);
        return subscriptions.list(owner(caller), after, page.rowsToRead())
                .map(rows -> Page.of(rows, page, one -> List.of(one.id().toString())));
    }

    @GetMapping("/{subscriptionId}")
    @Access(scope = "policy.read")
    @Operation(operationId = "getSubscription", summary = "一个订阅", description = "只能查看自己的。")
    Mono<ResponseEntity<Subscription>> get(@PathVariable("subscriptionId") UUID id, Caller caller) {
        return subscriptions.find(owner(caller), id)
                .map(found -> ResponseEntity.ok().eTag(ETags.of(Subscription.VERSION)).body(found));
    }

    @GetMapping("/{subscriptionId}/matches")
    @Access(scope = "policy.read")
    @Operation(operationId = "listSubscriptionMatches", summary = "一个订阅命中的文件", description = "与事件 policy.matched 一一对应，新的在前。")
    Mono<Page<Match>> matches(@PathVariable("subscriptionId") UUID id, PageRequest page, Caller caller) {
        long before = page.isFirst() ? Long.MAX_VALUE : cursor(page, Long::parseLong);
        return subscriptions.find(owner(caller), id)
                .flatMap(found -> subscriptions.matches(found.id(), before, page))
                .map(rows -> Page.of(rows, page, one -> List.of(String.valueOf(one.sequence()))));
    }

    @DeleteMapping("/{subscriptionId}")
    @Access(scope = "policy.read")
    @Operation(operationId = "deleteSubscription", summary = "删除订阅", description = "连同命中记录一并删除，不再通知。")
    @ApiResponse(responseCode = "204", description = "已删除")
    Mono<ResponseEntity<Void>> delete(@PathVariable("subscriptionId") UUID id, IfMatch ifMatch, Caller caller) {
        String owner = owner(caller);
        return subscriptions.find(owner, id).doOnNext(found -> ifMatch.require(Subscription.VERSION))
                .flatMap(found -> subscriptions.remove(owner, id)
                        .then(audit.record(caller, "delete", "policy-subscription", id.toString(), Map.of())))
                .thenReturn(ResponseEntity.noContent().<Void>build())
                .as(transaction::transactional).as(Detached::run);
    }

    /**
     * A citizen is the same in every program; anybody else owns by the program. A program that may only read, such as the
     * one whose token every visitor of the pages shares, owns nothing.
     */
    private static String owner(Caller caller) {
        if (caller.isCitizen()) {
            return "citizen:" + caller.subject();
        }
        boolean program = caller.subject().equals(caller.clientId());
        if (caller.roles().isEmpty() && !program) {
            throw ProblemException.of(CommonProblem.REAL_NAME_REQUIRED, "个人订阅须先实名认证");
        }
        if (program && !caller.hasScope(EVENTS)) {
            throw ProblemException.of(CommonProblem.FORBIDDEN, "程序自己的订阅需要 events.subscribe 权限");
        }
        return "client:" + caller.clientId() + ":" + caller.subject();
    }

    private static <T> T cursor(PageRequest page, Function<String, T> read) {
        try {
            return read.apply(page.after().getFirst());
        } catch (IllegalArgumentException forged) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
