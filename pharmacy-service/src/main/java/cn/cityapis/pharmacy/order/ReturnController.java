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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/api/pharmacy/v1")
@Tag(name = "退货", description = "已验收的货退回供货企业")
class ReturnController {

    private static final UUID LAST = new UUID(-1, -1);
    private static final Set<String> STATES = Set.of("requested", "confirmed", "refused");

    private final ReturnGoods returnGoods;
    private final Returns returns;
    private final Parties parties;
    private final Idempotency idempotency;

    ReturnController(ReturnGoods returnGoods, Returns returns, Parties parties, Idempotency idempotency) {
        this.returnGoods = returnGoods;
        this.returns = returns;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @PostMapping("/deliveries/{deliveryId}/returns")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "requestReturn", summary = "申请退货", description = "由采购方按批号申请；所列数量即时预留，供货企业拒绝后释放。", responses = @ApiResponse(responseCode = "201", description = "已申请", useReturnTypeSchema = true))
    Mono<ResponseEntity<GoodsReturn>> request(Caller caller, IdempotencyKey key,
            @Parameter(description = "送货单编号") @PathVariable UUID deliveryId, @RequestBody NewReturn body) {
        List<GoodsReturn.Part> parts = body.lines().stream()
                .map(l -> new GoodsReturn.Part(l.lineNo(), l.batchNo(), l.quantity())).toList();
        return idempotency.execute(key, body, () -> returnGoods.request(caller, deliveryId, body.reason(), parts)
                .map(made -> ResponseEntity.created(URI.create("/api/pharmacy/v1/returns/" + made.returnId()))
                        .eTag(ETags.of(made.version())).body(made)));
    }

    @GetMapping("/returns")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "listReturns", summary = "退货单列表", description = "新的在前。采购方和供货企业只看到自己的。")
    Mono<Page<GoodsReturn>> list(Caller caller,
            @Parameter(description = "状态", schema = @Schema(allowableValues = {"requested", "confirmed",
                    "refused"})) @RequestParam(required = false) @Nullable String state,
            PageRequest page) {
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "没有这种退货单状态", List.of(new Violation("?state",
                    "invalid-value", "只能是 requested、confirmed、refused 之一")));
        }
        UUID before = before(page);
        return parties.of(caller).flatMap(party -> returns.list(party, state, before, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, row -> List.of(row.returnId().toString())));
    }

    @GetMapping("/returns/{returnId}")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "getReturn", summary = "查看退货单", description = "ETag 用于确认或拒绝。")
    Mono<ResponseEntity<GoodsReturn>> get(Caller caller,
            @Parameter(description = "退货单编号") @PathVariable UUID returnId) {
        return parties.of(caller).flatMap(party -> returns.find(party, returnId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张退货单")))
                .map(ReturnController::tagged);
    }

    @PostMapping("/returns/{returnId}/confirmation")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "confirmReturn", summary = "确认退货", description = "由供货企业确认；金额冲减结算单，已付款的转为应退款。")
    Mono<ResponseEntity<GoodsReturn>> confirm(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "退货单编号") @PathVariable UUID returnId) {
        return idempotency.execute(key, null,
                () -> returnGoods.confirm(caller, returnId, seen).map(ReturnController::tagged));
    }

    @PostMapping("/returns/{returnId}/refusal")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "refuseReturn", summary = "拒绝退货", description = "由供货企业拒绝并说明理由。")
    Mono<ResponseEntity<GoodsReturn>> refuse(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "退货单编号") @PathVariable UUID returnId,
            @RequestBody OrderController.Reason reason) {
        return idempotency.execute(key, reason,
                () -> returnGoods.refuse(caller, returnId, seen, reason.reason()).map(ReturnController::tagged));
    }

    private static ResponseEntity<GoodsReturn> tagged(GoodsReturn found) {
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(found);
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(description = "退货申请，至多 500 行")
    record NewReturn(
            @Schema(description = "理由", example = "临近效期") @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reason,
            @Schema(description = "退回的各批次") @NotNull @Size(min = 1, max = 500) List<@NotNull @Valid NewReturnLine> lines) {
    }

    @Schema(description = "退回的一个批次")
    record NewReturnLine(@Schema(description = "订单行号", example = "1") @NotNull @Min(1) Integer lineNo,
            @Schema(description = "批号", example = "DEMO260101") @NotBlank @Size(max = 40) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String batchNo,
            @Schema(description = "数量（包装）", example = "2") @NotNull @Min(1) @Max(100_000) Integer quantity) {
    }
}
