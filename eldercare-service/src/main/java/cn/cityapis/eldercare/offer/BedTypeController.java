package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.home.BedTypes;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.waitlist.BedKind;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What kinds of beds a home has, whom they take and what they cost. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/bed-types")
@Tag(name = "床位类型", description = "床位类型、接收的能力等级与床位费")
class BedTypeController {

    private final KeepBeds keep;
    private final BedTypes types;
    private final HomeAccess access;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;

    BedTypeController(KeepBeds keep, BedTypes types, HomeAccess access, Idempotency idempotency,
            TransactionalOperator transaction) {
        this.keep = keep;
        this.types = types;
        this.access = access;
        this.idempotency = idempotency;
        this.transaction = transaction;
    }

    @Schema(description = "新的床位类型")
    record NewBedType(
            @Schema(description = "类型", example = "NURSING") @NotNull(message = "请选择类型") @Nullable BedKind kind,
            @Schema(description = "接收的能力等级", example = "[\"MODERATE\",\"SEVERE\"]") @NotEmpty(message = "请选择接收的能力等级") @Size(max = 5, message = "等级过多") @Nullable List<@NotNull(message = "不能为空") AbilityLevel> levels,
            @Schema(description = "床位费每月（分）", example = "220000") @NotNull(message = "请填写床位费") @PositiveOrZero(message = "不能为负") @Max(value = 100_000_000, message = "金额过大") @Nullable Long monthlyFeeFen) {
    }

    @Schema(description = "床位类型的修改")
    record ChangedBedType(
            @Schema(description = "接收的能力等级", example = "[\"MODERATE\",\"SEVERE\"]") @NotEmpty(message = "请选择接收的能力等级") @Size(max = 5, message = "等级过多") @Nullable List<@NotNull(message = "不能为空") AbilityLevel> levels,
            @Schema(description = "床位费每月（分）", example = "230000") @NotNull(message = "请填写床位费") @PositiveOrZero(message = "不能为负") @Max(value = 100_000_000, message = "金额过大") @Nullable Long monthlyFeeFen) {
    }

    @Schema(description = "一种床位类型")
    record BedTypeView(@Schema(description = "编号") UUID id,
            @Schema(description = "类型", example = "NURSING") BedKind kind,
            @Schema(description = "接收的能力等级") Set<AbilityLevel> levels,
            @Schema(description = "床位费每月（分）", example = "220000") long monthlyFeeFen,
            @Schema(description = "版本", example = "1") long version) {

        static BedTypeView of(BedTypes.Kept kept) {
            return new BedTypeView(kept.type().id(), kept.type().kind(), kept.type().levels(),
                    kept.type().monthlyFeeFen(), kept.version());
        }
    }

    @GetMapping
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "listBedTypes", summary = "本机构的床位类型（机构人员）", description = "每种床位的护理类别、接收的能力等级和每月床位费（单位：分），只有本机构人员可以查看。")
    Mono<List<BedTypeView>> list(@PathVariable("homeId") UUID homeId, Caller caller) {
        return access.own(caller, homeId).then(types.of(homeId))
                .map(found -> found.stream().map(BedTypeView::of).toList());
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "addBedType", summary = "增加一种床位类型", description = "床位费以分为单位。此后登记床位时，以返回的 id 作 bedTypeId。")
    Mono<ResponseEntity<BedTypeView>> add(@PathVariable("homeId") UUID homeId, IdempotencyKey key, Caller caller,
            @RequestBody NewBedType request) {
        return idempotency.execute(key, request, () -> keep
                .addType(caller, homeId, Objects.requireNonNull(request.kind()), levels(request.levels()),
                        Objects.requireNonNull(request.monthlyFeeFen()))
                .map(kept -> answer(kept, HttpStatus.CREATED)));
    }

    @PutMapping("/{bedTypeId}")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "changeBedType", summary = "修改床位类型", description = "床位费的变动留有记录；接收等级放宽后，空床自动通知适合的下一位。")
    Mono<ResponseEntity<BedTypeView>> change(@PathVariable("homeId") UUID homeId,
            @PathVariable("bedTypeId") UUID bedTypeId, IfMatch ifMatch, Caller caller,
            @RequestBody ChangedBedType request) {
        return keep.changeType(caller, homeId, bedTypeId, ifMatch, levels(request.levels()),
                Objects.requireNonNull(request.monthlyFeeFen()))
                .map(kept -> answer(kept, HttpStatus.OK))
                .as(transaction::transactional)
                .as(Detached::run);
    }

    private static Set<AbilityLevel> levels(@Nullable List<AbilityLevel> levels) {
        return EnumSet.copyOf(Objects.requireNonNull(levels));
    }

    private static ResponseEntity<BedTypeView> answer(BedTypes.Kept kept, HttpStatus status) {
        return ResponseEntity.status(status).eTag(ETags.of(kept.version())).body(BedTypeView.of(kept));
    }
}
