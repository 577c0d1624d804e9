package cn.cityapis.eldercare.application;

import cn.cityapis.platform.problem.Violations;
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
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Ends of a round that no step of the procedure leads to. */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}")
@Tag(name = "终止", description = "弄虚作假取消资格（第二十六条）、去世")
class EndController {

    private final EndRound ending;
    private final ApplicationViews views;
    private final Idempotency idempotency;
    private final Clock clock;

    EndController(EndRound ending, ApplicationViews views, Idempotency idempotency, Clock clock) {
        this.ending = ending;
        this.views = views;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Schema(description = "取消资格")
    record DisqualificationRequest(
            @Schema(description = "查实的情况", example = "低保证明系伪造，已与出具单位核实") @NotBlank(message = "请填写查实的情况") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @Schema(description = "代理人告知去世")
    record DeathReport(
            @Schema(description = "日期，知道时填写", example = "2026-11-20") @Nullable LocalDate on) {
    }

    @Schema(description = "机构或民政部门登记去世")
    record DeathRecord(@Schema(description = "日期，知道时填写", example = "2026-11-20") @Nullable LocalDate on,
            @Schema(description = "如何获知", example = "村居告知") @NotBlank(message = "请填写如何获知") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String source) {
    }

    @PostMapping("/disqualification")
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city"})
    @Operation(operationId = "disqualifyApplicant", summary = "因弄虚作假取消入住资格（第二十六条）", description = "入住前后均可；排队结束，所占或所安排的床位转给下一位。")
    Mono<ResponseEntity<ApplicationView>> disqualify(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody DisqualificationRequest request) {
        return idempotency.execute(key, request,
                () -> ending.disqualify(caller, id, ifMatch, Objects.requireNonNull(request.reason()))
                        .flatMap(this::answer));
    }

    @PostMapping("/death-report")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "reportDeath", summary = "代理人告知申请人去世", description = "告知后本次轮候随即终止。去世日期不明的可以不填。")
    Mono<ResponseEntity<ApplicationView>> report(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody DeathReport request) {
        return idempotency.execute(key, request,
                () -> ending.reportDeath(caller, id, ifMatch, notAhead(request.on())).flatMap(this::answer));
    }

    @PostMapping("/death")
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city"})
    @Operation(operationId = "recordDeath", summary = "登记申请人去世", description = "由申请人排队的机构、其区市或市级主管部门登记，须写明获知的来源；登记后本次轮候终止。去世日期不明的可以不填。")
    Mono<ResponseEntity<ApplicationView>> death(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody DeathRecord request) {
        return idempotency.execute(key, request,
                () -> ending
                        .recordDeath(caller, id, ifMatch, notAhead(request.on()),
                                Objects.requireNonNull(request.source()))
                        .flatMap(this::answer));
    }

    @PostMapping("/death-check")
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city"})
    @Operation(operationId = "checkDeath", summary = "向主管部门登记系统核对是否去世", description = "登记系统确认的，本次轮候终止；未确认的，不改变任何状态。")
    Mono<ResponseEntity<ApplicationView>> check(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller) {
        return idempotency.execute(key, null, () -> ending.checkDeath(caller, id, ifMatch).flatMap(this::answer));
    }

    private @Nullable LocalDate notAhead(@Nullable LocalDate on) {
        if (on != null && on.isAfter(LocalDate.now(clock))) {
            new Violations().add("/on", "out-of-range", "日期不能晚于今天").throwIfAny();
        }
        return on;
    }

    private Mono<ResponseEntity<ApplicationView>> answer(Application application) {
        return views.view(application)
                .map(view -> ResponseEntity.ok().eTag(ETags.of(application.version())).body(view));
    }
}
