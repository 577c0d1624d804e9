package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationView;
import cn.cityapis.eldercare.application.ApplicationViews;
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

/** The applicant's objection to an assessment (第十八条). */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}")
@Tag(name = "评估异议", description = "对评估结果提出异议、撤回异议（第十八条）")
class ObjectionController {

    private final ObjectToResult objecting;
    private final ChangeAgency changing;
    private final ApplicationViews views;
    private final Idempotency idempotency;

    ObjectionController(ObjectToResult objecting, ChangeAgency changing, ApplicationViews views,
            Idempotency idempotency) {
        this.objecting = objecting;
        this.changing = changing;
        this.views = views;
        this.idempotency = idempotency;
    }

    @Schema(description = "对评估结果的异议")
    record ObjectionRequest(
            @Schema(description = "选择的复核机构（见 /assessment-agencies）", example = "demo-agency-2") @NotNull(message = "请选择复核机构") @Pattern(regexp = "[a-z0-9-]{3,60}", message = "应为 3 到 60 位小写字母、数字或连字符") @Nullable String agency,
            @Schema(description = "理由", example = "认为平地行走得分与实际不符") @NotBlank(message = "请填写理由") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @PostMapping("/objections")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "objectToAssessment", summary = "对评估结果提出异议", description = "得知结果后 5 个工作日内提出一次；由申请人选择有资质的机构在 5 天内复核，复核结果为最终结果（第十八条）。复核期间不按有争议的结果安排床位。")
    Mono<ResponseEntity<ApplicationView>> object(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody ObjectionRequest request) {
        return idempotency.execute(key, request,
                () -> objecting
                        .object(caller, id, ifMatch, Objects.requireNonNull(request.agency()),
                                Objects.requireNonNull(request.reason()))
                        .flatMap(stored -> answer(stored, HttpStatus.CREATED)));
    }

    @Schema(description = "另选复核机构")
    record AgencyChange(
            @Schema(description = "另选的复核机构（见 /assessment-agencies）", example = "demo-agency-1") @NotNull(message = "请选择复核机构") @Pattern(regexp = "[a-z0-9-]{3,60}", message = "应为 3 到 60 位小写字母、数字或连字符") @Nullable String agency) {
    }

    @PostMapping("/agency-changes")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "chooseOtherAgency", summary = "另选复核机构", description = "所选机构逾期未完成复核，或不再具备资格的，可另选一家；复核期限重新计算（第十八条）。")
    Mono<ResponseEntity<ApplicationView>> change(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody AgencyChange request) {
        return idempotency.execute(key, request,
                () -> changing.change(caller, id, ifMatch, Objects.requireNonNull(request.agency()))
                        .flatMap(stored -> answer(stored, HttpStatus.CREATED)));
    }

    @PostMapping("/objection-withdrawal")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "withdrawObjection", summary = "撤回异议，原评估结果有效", description = "由申请人本人在复核期间撤回。")
    Mono<ResponseEntity<ApplicationView>> withdraw(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller) {
        return idempotency.execute(key, null,
                () -> objecting.withdraw(caller, id, ifMatch).flatMap(stored -> answer(stored, HttpStatus.OK)));
    }

    private Mono<ResponseEntity<ApplicationView>> answer(Application application, HttpStatus status) {
        return views.view(application)
                .map(view -> ResponseEntity.status(status).eTag(ETags.of(application.version())).body(view));
    }
}
