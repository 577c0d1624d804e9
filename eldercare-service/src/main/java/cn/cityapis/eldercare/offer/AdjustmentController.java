package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** 第二十三条: residents are kept or moved. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/beds/{bedId}/adjustments")
@Tag(name = "在住调整", description = "再次评估后或机构停止运营时，在住者留住或调整床位（第二十三条）")
class AdjustmentController {

    private final MoveResident residents;
    private final Idempotency idempotency;

    AdjustmentController(MoveResident residents, Idempotency idempotency) {
        this.residents = residents;
        this.idempotency = idempotency;
    }

    enum Outcome {
        KEPT, MOVED
    }

    @Schema(description = "在住调整")
    record AdjustmentRequest(
            @Schema(description = "结论", example = "KEPT") @NotNull(message = "请选择结论") @Nullable Outcome outcome,
            @Schema(description = "调整到的机构；不填即本机构") @Nullable UUID toHomeId,
            @Schema(description = "调整到的床位；调整时必填") @Nullable UUID toBedId,
            @Schema(description = "理由（不写个人信息）", example = "再次评估后仍适合现有床位") @NotBlank(message = "请填写理由") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city"})
    @Operation(operationId = "adjustResident", summary = "在住者留住或调整床位", description = "机构人员只能在本机构内调整；机构之间由区市或市级民政部门调整。腾出的床位自动通知下一位。")
    Mono<ResponseEntity<Bed>> adjust(@PathVariable("homeId") UUID homeId, @PathVariable("bedId") UUID bedId,
            IdempotencyKey key, IfMatch ifMatch, Caller caller, @RequestBody AdjustmentRequest request) {
        return idempotency.execute(key, request, () -> residents
                .adjust(caller, homeId, bedId, ifMatch,
                        new MoveResident.Wanted(request.outcome() == Outcome.MOVED,
                                request.toHomeId() == null ? homeId : request.toHomeId(), request.toBedId(),
                                Objects.requireNonNull(request.reason()).strip()))
                .map(bed -> ResponseEntity.status(HttpStatus.CREATED).eTag(ETags.of(bed.version())).body(bed)));
    }
}
