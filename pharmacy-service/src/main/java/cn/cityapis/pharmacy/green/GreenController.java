package cn.cityapis.pharmacy.green;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1/green-channel-applications")
@Tag(name = "绿色通道", description = "新试剂、耗材、服务随时申报，分步办理")
class GreenController {

    private static final UUID LAST = new UUID(-1, -1);
    private static final String TEXT = "[^\\p{Cntrl}]*";

    private final AdvanceApplication advance;
    private final GreenApplications applications;
    private final Idempotency idempotency;

    GreenController(AdvanceApplication advance, GreenApplications applications, Idempotency idempotency) {
        this.advance = advance;
        this.applications = applications;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Access(scope = "pharmacy.apply", roles = "maker")
    @Operation(operationId = "fileGreenApplication", summary = "申报", description = "由生产企业申报新试剂、耗材或服务。", responses = @ApiResponse(responseCode = "201", description = "已提交", useReturnTypeSchema = true))
    Mono<ResponseEntity<GreenApplication>> file(Caller caller, IdempotencyKey key, @RequestBody NewApplication body) {
        return idempotency.execute(key, body,
                () -> advance.file(caller, body.kind(), body.name(), body.summary(), body.evidence())
                        .map(made -> ResponseEntity
                                .created(URI.create(
                                        "/api/pharmacy/v1/green-channel-applications/" + made.applicationId()))
                                .eTag(ETags.of(made.version())).body(made)));
    }

    @GetMapping
    @Access(scope = "pharmacy.read", roles = {"maker", "city", "admin", "auditor"})
    @Operation(operationId = "listGreenApplications", summary = "申请列表", description = "新的在前。企业只看到自己的。")
    Mono<Page<GreenApplication>> list(Caller caller, PageRequest page) {
        return applications.list(maker(caller), before(page), page.rowsToRead()).collectList()
                .map(rows -> Page.of(rows, page, row -> List.of(row.applicationId().toString())));
    }

    @GetMapping("/{applicationId}")
    @Access(scope = "pharmacy.read", roles = {"maker", "city", "admin", "auditor"})
    @Operation(operationId = "getGreenApplication", summary = "查看申请", description = "状态、办理期限与各步骤；ETag 用于后续操作。")
    Mono<ResponseEntity<GreenApplication>> get(Caller caller,
            @Parameter(description = "申请编号") @PathVariable UUID applicationId) {
        return applications.find(maker(caller), applicationId)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个绿色通道申请")))
                .map(GreenController::tagged);
    }

    @PostMapping("/{applicationId}/resubmission")
    @Access(scope = "pharmacy.apply", roles = "maker")
    @Operation(operationId = "resubmitGreenApplication", summary = "补正后重新提交", description = "退回补正的申请，由企业补正材料后重新提交。")
    Mono<ResponseEntity<GreenApplication>> fileAgain(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "申请编号") @PathVariable UUID applicationId, @RequestBody Evidence body) {
        return idempotency.execute(key, body, () -> advance.fileAgain(caller, applicationId, seen, body.evidence())
                .map(GreenController::tagged));
    }

    @PostMapping("/{applicationId}/decision")
    @Access(scope = "pharmacy.decide", roles = {"city", "admin"})
    @Operation(operationId = "decideGreenApplication", summary = "办理", description = "受理、退回、审核通过、挂网或不予通过；逾期办理留痕。")
    Mono<ResponseEntity<GreenApplication>> decide(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "申请编号") @PathVariable UUID applicationId, @RequestBody NewDecision body) {
        return idempotency.execute(key, body,
                () -> advance.decide(caller, applicationId, seen, GreenRules.Decision.of(body.decision()), body.note())
                        .map(GreenController::tagged));
    }

    /** Null for the office, which sees all. */
    private static @Nullable String maker(Caller caller) {
        return caller.hasRole("maker") ? AdvanceApplication.maker(caller) : null;
    }

    private static ResponseEntity<GreenApplication> tagged(GreenApplication found) {
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(found);
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(name = "NewGreenApplication", description = "申报内容")
    record NewApplication(
            @Schema(description = "类别：试剂、耗材、服务", allowableValues = {
                    "reagent", "consumable",
                    "service"}, example = "reagent") @NotNull @Pattern(regexp = "reagent|consumable|service", message = "只能是 reagent、consumable、service 之一") String kind,
            @Schema(description = "名称", example = "糖化血红蛋白检测试剂盒") @NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = "不能含控制字符") String name,
            @Schema(description = "说明", example = "用于基层筛查") @NotBlank @Size(max = 1000) @Pattern(regexp = TEXT, message = "不能含控制字符") String summary,
            @Schema(description = "证明材料（名称或文号），1 至 20 项", example = "[\"注册证 DEMO-2026-01\"]") @NotNull @Size(min = 1, max = 20) List<@NotBlank @Size(max = 200) @Pattern(regexp = TEXT, message = "不能含控制字符") String> evidence) {
    }

    @Schema(name = "GreenEvidence", description = "补正后的证明材料")
    record Evidence(
            @Schema(description = "证明材料（名称或文号），1 至 20 项", example = "[\"注册证 DEMO-2026-01\"]") @NotNull @Size(min = 1, max = 20) List<@NotBlank @Size(max = 200) @Pattern(regexp = TEXT, message = "不能含控制字符") String> evidence) {
    }

    @Schema(name = "GreenDecision", description = "办理")
    record NewDecision(
            @Schema(description = "决定：受理、退回、审核通过、挂网、不予通过", allowableValues = {
                    "accept", "return", "approve", "list",
                    "refuse"}, example = "accept") @NotNull @Pattern(regexp = "accept|return|approve|list|refuse", message = "只能是 accept、return、approve、list、refuse 之一") String decision,
            @Schema(description = "说明", example = "材料齐全") @NotBlank @Size(max = 500) @Pattern(regexp = TEXT, message = "不能含控制字符") String note) {
    }
}
