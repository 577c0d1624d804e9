package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Detached;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The beds of a home, as its operator keeps them. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/beds")
@Tag(name = "床位", description = "登记、修改、停用、腾空床位；腾空的床位即时公示并自动通知下一位")
class BedController {

    private final KeepBeds keep;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;

    BedController(KeepBeds keep, Idempotency idempotency, TransactionalOperator transaction) {
        this.keep = keep;
        this.idempotency = idempotency;
        this.transaction = transaction;
    }

    @Schema(description = "床位")
    record BedRequest(@Schema(description = "床位类型编号") @NotNull(message = "请选择床位类型") @Nullable UUID bedTypeId,
            @Schema(description = "床位号，机构内唯一", example = "2-203-C") @NotNull(message = "请填写床位号") @Pattern(regexp = "[\\p{IsHan}0-9A-Za-z-]{1,20}", message = "应为 1 到 20 个汉字、字母、数字或短横") @Nullable String label,
            @Schema(description = "房间性别要求；没有则不填", example = "FEMALE") Needs.@Nullable Sex sex,
            @Schema(description = "是否应急床位（第二十五条）", example = "false", requiredMode = Schema.RequiredMode.REQUIRED) boolean emergency) {

        WantedBed wanted() {
            return new WantedBed(Objects.requireNonNull(bedTypeId), Objects.requireNonNull(label), sex, emergency);
        }
    }

    enum BedChange {
        FREE, OUT_OF_SERVICE
    }

    @Schema(description = "床位状态变化")
    record BedStateRequest(
            @Schema(description = "新状态", example = "FREE") @NotNull(message = "请填写新状态") @Nullable BedChange state) {
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "addBed", summary = "登记一张新床位", description = "即为空床：即时公示，并自动通知下一位适合的申请人（第二十条、第二十五条）。")
    Mono<ResponseEntity<BedChanged>> add(@PathVariable("homeId") UUID homeId, IdempotencyKey key, Caller caller,
            @RequestBody BedRequest request) {
        return idempotency.execute(key, request,
                () -> keep.addBed(caller, homeId, request.wanted())
                        .map(changed -> answer(changed, HttpStatus.CREATED)));
    }

    @PutMapping("/{bedId}")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "changeBed", summary = "修改床位", description = "只能修改空床或停用的床位。")
    Mono<ResponseEntity<BedChanged>> change(@PathVariable("homeId") UUID homeId, @PathVariable("bedId") UUID bedId,
            IfMatch ifMatch, Caller caller, @RequestBody BedRequest request) {
        return keep.changeBed(caller, homeId, bedId, ifMatch, request.wanted())
                .map(changed -> answer(changed, HttpStatus.OK))
                .as(transaction::transactional)
                .as(Detached::run);
    }

    @PostMapping("/{bedId}/state")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "changeBedState", summary = "登记床位腾空或停用", description = "腾空的床位即时公示，并自动通知下一位适合的申请人（第二十条、第二十五条）。")
    Mono<ResponseEntity<BedChanged>> changeState(@PathVariable("homeId") UUID homeId,
            @PathVariable("bedId") UUID bedId,
            IdempotencyKey key, IfMatch ifMatch, Caller caller, @RequestBody BedStateRequest request) {
        return idempotency.execute(key, request, () -> keep
                .changeState(caller, homeId, bedId, ifMatch,
                        Bed.State.valueOf(Objects.requireNonNull(request.state()).name()))
                .map(changed -> answer(changed, HttpStatus.OK)));
    }

    static ResponseEntity<BedChanged> answer(BedChanged changed, HttpStatus status) {
        return ResponseEntity.status(status).eTag(ETags.of(changed.bed().version())).body(changed);
    }
}
