package cn.cityapis.eldercare.home;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
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
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a home charges besides the bed (第二十二条). */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/fee-changes")
@Tag(name = "收费公示", description = "收费项目和标准的变更：先公示，后执行（第二十二条）")
class FeeController {

    private final FeeChanges changes;
    private final Homes homes;
    private final Idempotency idempotency;
    private final Ids ids;

    FeeController(FeeChanges changes, Homes homes, Idempotency idempotency, Ids ids) {
        this.changes = changes;
        this.homes = homes;
        this.idempotency = idempotency;
        this.ids = ids;
    }

    @Schema(description = "公示一项收费变更")
    record FeeChangeRequest(
            @Schema(description = "项目", example = "餐费") @NotBlank(message = "请填写项目") @Size(max = 50, message = "不超过 50 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String name,
            @Schema(description = "每月（分）；不填即自该日起取消该项目", example = "65000") @PositiveOrZero(message = "不能为负") @Max(value = 100_000_000, message = "金额过大") @Nullable Long monthlyFen,
            @Schema(description = "执行日期，须晚于今天", example = "2030-01-01") @NotNull(message = "请填写执行日期") @Nullable LocalDate from) {

        FeeChange as(UUID id) {
            return new FeeChange(id, Objects.requireNonNull(name).strip(), monthlyFen, Objects.requireNonNull(from));
        }
    }

    @GetMapping
    @Access(scope = "eldercare.read", goodForAllSeconds = 2)
    @Operation(operationId = "listFeeChanges", summary = "已公示的收费变更，最晚执行的在前", description = "当前执行的收费项目见机构信息的 feeItems。")
    Mono<List<FeeChange>> list(@PathVariable("homeId") UUID homeId) {
        return homes.get(homeId).then(changes.of(homeId));
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "announceFeeChange", summary = "公示一项收费变更", description = "自执行日期起生效，直到该项目的下一次变更；已开始的不能再改。核对入住费用时以当日执行的公示标准为上限。")
    Mono<ResponseEntity<FeeChange>> announce(@PathVariable("homeId") UUID homeId, IdempotencyKey key, Caller caller,
            @RequestBody FeeChangeRequest request) {
        return idempotency.execute(key, request, () -> changes.announce(caller, homeId, request.as(ids.next()))
                .map(change -> ResponseEntity.status(HttpStatus.CREATED).body(change)));
    }
}
