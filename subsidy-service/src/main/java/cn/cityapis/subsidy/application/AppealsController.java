package cn.cityapis.subsidy.application;

import org.springframework.dao.DataIntegrityViolationException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A second look at a rejection, by another pair of eyes. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}")
@Tag(name = "补贴申请")
class AppealsController {

    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final Appeals appeals;
    private final Idempotency idempotency;

    AppealsController(ApplicationReader reader, ApplicationAccess access, Appeals appeals, Idempotency idempotency) {
        this.reader = reader;
        this.access = access;
        this.appeals = appeals;
        this.idempotency = idempotency;
    }

    @Schema(description = "申诉")
    record NewAppeal(
            @Schema(description = "理由", example = "学历认证已于本月出具") @NotBlank(message = "请填写申诉理由") @Size(max = 2000, message = "理由最多 2000 字") @Nullable String grounds) {
    }

    @Schema(description = "申诉决定")
    record AppealDecision(
            @Schema(description = "申诉是否成立", example = "true") @NotNull(message = "请填写结论") @Nullable Boolean allowed,
            @Schema(description = "理由", example = "学历认证属实") @NotBlank(message = "请填写理由") @Size(max = 1000, message = "理由最多 1000 字") @Nullable String reason,
            @Schema(description = "审定金额（分）：仅用于规定只给出上限的方案，复审未通过而申诉成立时必填") @Min(value = 1, message = "金额应为正数") @Nullable Long amountFen,
            @Schema(description = "审定金额的理由") @Size(max = 1000, message = "理由最多 1000 字") @Nullable String amountReason) {
    }

    @PostMapping("/appeals")
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "appealRejection", summary = "对未通过提出申诉", description = "在申诉期限内可以提出一次。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "申诉", value = """
                    {"grounds": "学历认证已于本月出具"}"""))))
    Mono<ResponseEntity<ApplicationView>> file(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody NewAppeal body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(id, key, body, ifMatch, found -> access.owned(found, caller),
                found -> appeals.file(found, String.valueOf(body.grounds()), caller));
    }

    @PostMapping("/appeal-decisions")
    @Access(scope = "subsidy.decide", roles = "city")
    @Operation(operationId = "decideAppeal", summary = "对申诉作出决定", description = "由未审核过本申请、未处理过其异议、也未要求过补正的市级经办人员决定（four-eyes）；成立则从未通过的环节继续办理，因异议成立而未通过的继续公示剩余的天数，其余异议处理完毕后公示才结束；只规定上限的方案在复审未通过的，同时审定金额并说明理由。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "成立", value = """
                    {"allowed": true, "reason": "学历认证属实"}"""))))
    Mono<ResponseEntity<ApplicationView>> decide(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody AppealDecision body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(id, key, body, ifMatch, found -> access.decidable(found, caller), found -> appeals.decide(found,
                new Appeals.Decision(Boolean.TRUE.equals(body.allowed()), String.valueOf(body.reason()),
                        body.amountFen(), body.amountReason()),
                caller));
    }

    private Mono<ResponseEntity<ApplicationView>> change(UUID id, IdempotencyKey key, Object body, IfMatch ifMatch,
            Function<Application, Application> allowed, Function<Application, Mono<Void>> effect) {
        return idempotency.execute(key, body, () -> reader.lock(id).map(allowed).flatMap(found -> {
            ifMatch.require(found.version());
            return effect.apply(found);
        }).then(Mono.defer(() -> reader.get(id))).map(ApplicationsController::answer))
                .onErrorMap(DataIntegrityViolationException.class, DecisionsController::duplicate);
    }
}
