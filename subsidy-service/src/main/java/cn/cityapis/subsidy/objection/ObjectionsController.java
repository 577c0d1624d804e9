package cn.cityapis.subsidy.objection;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationAccess;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.application.ChangeState;
import cn.cityapis.subsidy.application.ObjectionPeriod;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The offices' side of objections: each is answered with reasons. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}/objections")
@Tag(name = "公示")
class ObjectionsController {

    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final ChangeState change;
    private final ObjectionPeriod period;
    private final Objections objections;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Audit audit;

    ObjectionsController(ApplicationReader reader, ApplicationAccess access, ChangeState change,
            ObjectionPeriod period, Objections objections, Idempotency idempotency, TransactionalOperator transaction,
            Audit audit) {
        this.reader = reader;
        this.access = access;
        this.change = change;
        this.period = period;
        this.objections = objections;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.audit = audit;
    }

    @Schema(description = "异议处理决定")
    record ObjectionDecision(
            @Schema(description = "结论：dismissed 不成立；extended 延长公示；upheld 成立，申请未通过", example = "dismissed") @NotNull(message = "请填写结论") Objection.@Nullable Decision decision,
            @Schema(description = "理由", example = "经核实仍在职") @NotBlank(message = "请填写理由") @Size(max = 1000, message = "理由最多 1000 字") @Nullable String reason,
            @Schema(description = "延长公示的天数（仅 extended）", example = "5") @Min(value = 1, message = "至少 1 天") @Max(value = 30, message = "最多 30 天") @Nullable Integer extendDays) {
    }

    @GetMapping
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "listObjections", summary = "列出一份申请的异议", description = "读取异议内容记入审计。")
    Mono<List<Objection>> list(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.decidable(found, caller))
                .flatMap(found -> audit.record(caller, "read-objections", "application", id.toString(), Map.of()))
                .then(Mono.defer(() -> objections.of(id)))
                .as(transaction::transactional);
    }

    @PostMapping("/{objectionId}/decisions")
    @Access(scope = "subsidy.decide", roles = "city")
    @Operation(operationId = "decideObjection", summary = "处理异议", description = "由没有审核过本申请的市级经办人员处理（four-eyes），须说明理由。成立则申请未通过（可以申诉）；延长则公示顺延；不成立则公示按原截止日结束。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "不成立", value = """
                    {"decision": "dismissed", "reason": "经核实仍在职"}"""))))
    Mono<ResponseEntity<Objection>> decide(@Parameter(description = "申请编号") @PathVariable UUID id,
            @Parameter(description = "异议编号") @PathVariable UUID objectionId, @RequestBody ObjectionDecision body,
            IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        Objection.Decision decision = Objects.requireNonNull(body.decision());
        Violations violations = new Violations();
        if ((decision == Objection.Decision.EXTENDED) != (body.extendDays() != null)) {
            violations.add("/extendDays", body.extendDays() == null ? "missing" : "contradiction", "延长公示时填写天数，其他情形不填");
        }
        violations.throwIfAny();
        return idempotency.execute(key, body, () -> reader.lock(id)
                .map(found -> access.decidable(found, caller))
                .flatMap(found -> objections.get(objectionId).flatMap(objection -> {
                    if (!objection.applicationId().equals(id)) {
                        throw cn.cityapis.platform.problem.ProblemException
                                .of(cn.cityapis.platform.problem.CommonProblem.NOT_FOUND, "没有这项异议");
                    }
                    ifMatch.require(found.version());
                    change.requireNoticed(found);
                    return objections.decide(objection, decision, String.valueOf(body.reason()), caller.subject())
                            .then(Mono.defer(() -> act(found, decision, body, caller)));
                }))
                .then(Mono.defer(() -> objections.get(objectionId)))
                .map(ResponseEntity::ok));
    }

    private Mono<Void> act(Application application, Objection.Decision decision, ObjectionDecision body,
            Caller caller) {
        String reason = String.valueOf(body.reason());
        return switch (decision) {
            case UPHELD -> change.rejectOnObjection(application, reason, caller);
            case EXTENDED -> period.extended(application, Objects.requireNonNull(body.extendDays()), caller);
            case DISMISSED -> period.answered(application, caller);
        };
    }
}
