package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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
@RequestMapping("/api/pharmacy/v1/orders")
@Tag(name = "订单", description = "连锁企业总部为门店集中下单，民营医疗机构为自己下单")
class OrderController {

    private static final UUID LAST = new UUID(-1, -1);
    private static final Set<String> STATES = Set.of("placed", "confirmed", "refused", "completed", "cancelled");

    private final PlaceOrder placeOrder;
    private final Fulfilment fulfilment;
    private final EndOrder endOrder;
    private final Orders orders;
    private final Deliveries deliveries;
    private final Parties parties;
    private final Idempotency idempotency;

    OrderController(PlaceOrder placeOrder, Fulfilment fulfilment, EndOrder endOrder, Orders orders,
            Deliveries deliveries, Parties parties, Idempotency idempotency) {
        this.placeOrder = placeOrder;
        this.fulfilment = fulfilment;
        this.endOrder = endOrder;
        this.orders = orders;
        this.deliveries = deliveries;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "placeOrder", summary = "下单", description = "总部为本企业门店、有账户的民营医疗机构为自己，向一家供货企业下单，价格为当日中选价。", responses = @ApiResponse(responseCode = "201", description = "已下单", useReturnTypeSchema = true))
    Mono<ResponseEntity<OrderView>> place(Caller caller, IdempotencyKey key, @RequestBody NewOrder body) {
        List<OrderRules.Wish> wishes = body.lines().stream()
                .map(line -> new OrderRules.Wish(line.storeId(), line.drugId(), line.quantity())).toList();
        return idempotency.execute(key, body, () -> placeOrder.place(caller, body.supplierId(), wishes)
                .map(order -> ResponseEntity.created(URI.create("/api/pharmacy/v1/orders/" + order.id()))
                        .eTag(ETags.of(order.version())).body(OrderView.of(order, List.of()))));
    }

    @GetMapping
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "listOrders", summary = "订单列表", description = "新的在前。采购方和供货企业只看到自己的。")
    Mono<Page<OrderView.Summary>> list(Caller caller,
            @Parameter(description = "状态", schema = @Schema(allowableValues = {"placed", "confirmed", "refused",
                    "completed", "cancelled"})) @RequestParam(required = false) @Nullable String state,
            PageRequest page) {
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "没有这种订单状态", List.of(new Violation("?state",
                    "invalid-value", "只能是 placed、confirmed、refused、completed、cancelled 之一")));
        }
        UUID before = before(page);
        return parties.of(caller)
                .flatMap(party -> orders.list(party, state, before, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, row -> List.of(row.orderId().toString())));
    }

    @GetMapping("/{orderId}")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "getOrder", summary = "查看订单", description = "按门店列出数量与送货情况；ETag 用于后续操作。")
    Mono<ResponseEntity<OrderView>> get(Caller caller, @Parameter(description = "订单编号") @PathVariable UUID orderId) {
        return parties.of(caller)
                .flatMap(party -> orders.find(party, orderId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张订单")))
                .flatMap(this::shown);
    }

    @PostMapping("/{orderId}/confirmation")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "confirmOrder", summary = "确认订单", description = "由供货企业确认。")
    Mono<ResponseEntity<OrderView>> confirm(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "订单编号") @PathVariable UUID orderId) {
        return idempotency.execute(key, null,
                () -> fulfilment.confirm(caller, orderId, seen).flatMap(this::shown));
    }

    @PostMapping("/{orderId}/refusal")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "refuseOrder", summary = "拒绝订单", description = "由供货企业拒绝并说明理由。")
    Mono<ResponseEntity<OrderView>> refuse(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "订单编号") @PathVariable UUID orderId, @RequestBody Reason reason) {
        return idempotency.execute(key, reason,
                () -> fulfilment.refuse(caller, orderId, seen, reason.reason()).flatMap(this::shown));
    }

    @PostMapping("/{orderId}/cancellation")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "cancelOrder", summary = "撤销订单", description = "供货企业确认之前，由下单的采购方撤销并说明理由。")
    Mono<ResponseEntity<OrderView>> cancel(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "订单编号") @PathVariable UUID orderId, @RequestBody Reason reason) {
        return idempotency.execute(key, reason,
                () -> endOrder.cancel(caller, orderId, seen, reason.reason()).flatMap(this::shown));
    }

    @PostMapping("/{orderId}/closure")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy", "supplier"})
    @Operation(operationId = "closeOrderShort", summary = "了结未送的数量", description = "由任一方了结尚未送的数量并说明理由：订购数量不变，不再送。已送未验收的照常验收；拒收或撤回的数量又成为未送。其余都已验收的，订单随之完成。")
    Mono<ResponseEntity<OrderView>> closeShort(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "订单编号") @PathVariable UUID orderId, @RequestBody Closure closure) {
        return idempotency.execute(key, closure, () -> endOrder
                .closeShort(caller, orderId, seen, closure.lineNos() == null ? List.of() : closure.lineNos(),
                        closure.reason())
                .flatMap(this::shown));
    }

    @PostMapping("/{orderId}/deliveries")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "deliverOrder", summary = "送货", description = "向订单中的一家门店送货，可分批；注明批号与有效期。", responses = @ApiResponse(responseCode = "201", description = "已送货", useReturnTypeSchema = true))
    Mono<ResponseEntity<DeliveryView>> deliver(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "订单编号") @PathVariable UUID orderId, @RequestBody NewDelivery body) {
        return idempotency.execute(key, body, () -> fulfilment
                .deliver(caller, orderId, seen, body.storeId(), body.lines().stream().map(Parcel::asRule).toList())
                .map(made -> ResponseEntity.status(HttpStatus.CREATED)
                        .location(URI.create("/api/pharmacy/v1/deliveries/" + made.id()))
                        .eTag(ETags.of(made.version())).body(DeliveryView.of(made))));
    }

    private Mono<ResponseEntity<OrderView>> shown(PurchaseOrder order) {
        return deliveries.of(order.id()).collectList().map(made -> ResponseEntity.ok()
                .eTag(ETags.of(order.version())).body(OrderView.of(order, made)));
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(description = "新订单，至多 500 行")
    record NewOrder(@Schema(description = "供货企业编号") @NotNull UUID supplierId,
            @Schema(description = "订货的各行；同一供货企业、可以不同门店") @NotNull @Size(min = 1, max = 500) List<@NotNull @Valid NewOrderLine> lines) {
    }

    @Schema(description = "为一家门店或机构订一种药品")
    record NewOrderLine(@Schema(description = "门店编号；医疗机构填自己的编号") @NotNull UUID storeId,
            @Schema(description = "药品编号") @NotNull UUID drugId,
            @Schema(description = "数量（包装）", example = "20") @NotNull @Min(1) @Max(100_000) Integer quantity) {
    }

    @Schema(description = "理由")
    record Reason(
            @Schema(description = "理由", example = "暂时缺货") @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reason) {
    }

    @Schema(name = "OrderClosure", description = "了结未送的数量")
    record Closure(
            @Schema(description = "理由", example = "厂家停产") @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reason,
            @Schema(description = "只了结这些行；不填为所有行") @Nullable @Size(min = 1, max = 500) List<@NotNull @Min(1) Integer> lineNos) {
    }

    @Schema(description = "向一家门店的一次送货，至多 500 行")
    record NewDelivery(@Schema(description = "门店编号") @NotNull UUID storeId,
            @Schema(description = "送到的各批次；同一订单行可以分几个批次") @NotNull @Size(min = 1, max = 500) List<@NotNull @Valid Parcel> lines) {
    }

    @Schema(name = "NewDeliveryLine", description = "一个批次")
    record Parcel(@Schema(description = "订单行号", example = "1") @NotNull @Min(1) Integer lineNo,
            @Schema(description = "数量（包装）", example = "20") @NotNull @Min(1) @Max(100_000) Integer quantity,
            @Schema(description = "批号", example = "DEMO260101") @NotBlank @Size(max = 40) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String batchNo,
            @Schema(description = "有效期至", example = "2028-06-30") @NotNull LocalDate expiresOn) {

        OrderRules.Parcel asRule() {
            return new OrderRules.Parcel(lineNo, quantity, batchNo, expiresOn);
        }
    }
}
