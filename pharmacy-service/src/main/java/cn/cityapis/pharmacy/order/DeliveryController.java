package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1/deliveries/{deliveryId}")
@Tag(name = "送货与验收", description = "验收之日起计算结算期限")
class DeliveryController {

    private final Receipt receipt;
    private final Fulfilment fulfilment;
    private final Orders orders;
    private final Deliveries deliveries;
    private final Parties parties;
    private final Idempotency idempotency;

    DeliveryController(Receipt receipt, Fulfilment fulfilment, Orders orders, Deliveries deliveries, Parties parties,
            Idempotency idempotency) {
        this.receipt = receipt;
        this.fulfilment = fulfilment;
        this.orders = orders;
        this.deliveries = deliveries;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @GetMapping
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "getDelivery", summary = "查看送货单", description = "批次、数量与验收情况；ETag 用于验收或拒收。")
    Mono<ResponseEntity<DeliveryView>> get(Caller caller,
            @Parameter(description = "送货单编号") @PathVariable UUID deliveryId) {
        return parties.of(caller)
                .flatMap(party -> deliveries.find(deliveryId)
                        .filterWhen(delivery -> orders.find(party, delivery.orderId()).hasElement()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张送货单")))
                .map(DeliveryController::tagged);
    }

    @PostMapping("/acceptance")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "acceptDelivery", summary = "验收", description = "由采购方验收；产生一张结算单，期限自验收日起算。含已过有效期的批号时不能验收。")
    Mono<ResponseEntity<DeliveryView>> accept(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "送货单编号") @PathVariable UUID deliveryId) {
        return idempotency.execute(key, null,
                () -> receipt.accept(caller, deliveryId, seen).map(DeliveryController::tagged));
    }

    @PostMapping("/rejection")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "rejectDelivery", summary = "拒收", description = "由采购方拒收并说明理由；退回的数量可以再送。")
    Mono<ResponseEntity<DeliveryView>> reject(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "送货单编号") @PathVariable UUID deliveryId,
            @RequestBody OrderController.Reason reason) {
        return idempotency.execute(key, reason,
                () -> receipt.reject(caller, deliveryId, seen, reason.reason()).map(DeliveryController::tagged));
    }

    @PostMapping("/withdrawal")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "withdrawDelivery", summary = "撤回送货单", description = "由供货企业撤回尚未验收或拒收的送货单（如录入有误）并说明理由；其中的数量可以再送。")
    Mono<ResponseEntity<DeliveryView>> withdraw(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "送货单编号") @PathVariable UUID deliveryId,
            @RequestBody OrderController.Reason reason) {
        return idempotency.execute(key, reason,
                () -> fulfilment.withdraw(caller, deliveryId, seen, reason.reason())
                        .map(DeliveryController::tagged));
    }

    private static ResponseEntity<DeliveryView> tagged(Delivery delivery) {
        return ResponseEntity.ok().eTag(ETags.of(delivery.version())).body(DeliveryView.of(delivery));
    }
}
