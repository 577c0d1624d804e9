package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Detached;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Couples who apply together. */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}/companion")
@Tag(name = "同住", description = "夫妻等一同申请：两份申请互相登记后，一同安排在一家机构")
class CompanionController {

    private final KeepCompanions companions;
    private final ApplicationAccess access;
    private final TransactionalOperator transaction;

    CompanionController(KeepCompanions companions, ApplicationAccess access, TransactionalOperator transaction) {
        this.companions = companions;
        this.access = access;
        this.transaction = transaction;
    }

    @Schema(description = "同住意愿")
    record CompanionRequest(
            @Schema(description = "同住人的申请编号") @NotNull(message = "请填写同住人的申请编号") @Nullable UUID companionApplicationId,
            @Schema(description = "是否也愿意单独入住", example = "false", requiredMode = Schema.RequiredMode.REQUIRED) boolean aloneAllowed) {
    }

    @GetMapping
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getCompanion", summary = "查看同住意愿", description = "双方是否都已登记、是否只一同安排。没有登记过时不含 companionApplicationId。")
    Mono<KeepCompanions.Companionship> get(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id).then(companions.get(id));
    }

    @PutMapping
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "putCompanion", summary = "登记同住意愿", description = "双方互相登记方才生效；均不愿单独入住时，按两人中次序在后者的位次一同安排两张床位。应在收到入住通知之前登记。")
    Mono<KeepCompanions.Companionship> put(@PathVariable("applicationId") UUID id, IfMatch ifMatch, Caller caller,
            @RequestBody CompanionRequest request) {
        UUID companion = Objects.requireNonNull(request.companionApplicationId());
        return companions.wish(caller, id, ifMatch, companion, request.aloneAllowed())
                .as(transaction::transactional)
                .as(Detached::run);
    }

    @DeleteMapping
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "deleteCompanion", summary = "取消同住意愿", description = "双方各自单独轮候，位次和申请时间不变。")
    Mono<ResponseEntity<Void>> delete(@PathVariable("applicationId") UUID id, IfMatch ifMatch, Caller caller) {
        return companions.alone(caller, id, ifMatch)
                .thenReturn(ResponseEntity.noContent().<Void>build())
                .as(transaction::transactional)
                .as(Detached::run);
    }
}
