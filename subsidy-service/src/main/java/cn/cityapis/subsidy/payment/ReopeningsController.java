package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationAccess;
import cn.cityapis.subsidy.application.ApplicationReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.YearMonth;
import java.util.List;
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

/** Months that were settled on facts that have changed since: withheld ones are reopened, paid ones are listed. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}")
@Tag(name = "发放")
class ReopeningsController {

    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final Reopenings reopenings;
    private final ReopenMonth reopen;
    private final DoubtfulMonths doubtful;
    private final Idempotency idempotency;

    ReopeningsController(ApplicationReader reader, ApplicationAccess access, Reopenings reopenings, ReopenMonth reopen,
            DoubtfulMonths doubtful, Idempotency idempotency) {
        this.reader = reader;
        this.access = access;
        this.reopenings = reopenings;
        this.reopen = reopen;
        this.doubtful = doubtful;
        this.idempotency = idempotency;
    }

    @Schema(description = "请求重新审核停发的一期")
    record NewReopening(
            @Schema(description = "停发的月份", example = "2026-12") @NotBlank(message = "请填写月份") @Pattern(regexp = "20\\d\\d-(0[1-9]|1[0-2])", message = "月份应为 2026-12 这样的格式") @Nullable String month,
            @Schema(description = "理由", example = "离职登记录入了他人，已更正") @NotBlank(message = "请填写理由") @Size(max = 500, message = "理由最多 500 字") @Nullable String reason) {
    }

    @Schema(name = "ReopeningDecision", description = "对重新审核的决定")
    record NewDecision(
            @Schema(description = "是否同意补发", example = "true") @NotNull(message = "请填写结论") @Nullable Boolean approved,
            @Schema(description = "理由", example = "已核对劳动合同") @NotBlank(message = "请填写理由") @Size(max = 500, message = "理由最多 500 字") @Nullable String reason) {
    }

    @GetMapping("/reopenings")
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listReopenings", summary = "列出停发各期的重新审核", description = "每项的月份、理由和决定；申请人本人和办理部门可以查看。")
    Mono<List<Reopening>> list(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.readable(found, caller)).flatMap(found -> reopenings.of(id));
    }

    @PostMapping("/reopenings")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "askReopening", summary = "请求重新审核停发的一期", description = "用于误停发，或因事实未及时登记而停发的一期；须由另一人决定。先以 recordFactChange 更正事实。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "误停发", value = """
                    {"month": "2026-12", "reason": "离职登记录入了他人，已更正"}"""))))
    Mono<ResponseEntity<Reopening>> ask(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody NewReopening body, IdempotencyKey key, Caller caller) {
        return idempotency.execute(key, body, () -> locked(id, caller)
                .flatMap(found -> reopen.ask(found, YearMonth.parse(String.valueOf(body.month())),
                        String.valueOf(body.reason()), caller))
                .flatMap(asked -> reopenings.get(id, asked))
                .map(asked -> ResponseEntity.status(HttpStatus.CREATED).body(asked)));
    }

    @PostMapping("/reopenings/{reopeningId}/decisions")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "decideReopening", summary = "决定停发的一期是否补发", description = "由提出人以外的人决定。同意的，按现在所知的当月事实重新审核，符合条件才补发：款项重新承诺（预算不足时 budget-short）并进入下一个发放批次。暂停发放或已全部追回的申请不能补发。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "同意", value = """
                    {"approved": true, "reason": "已核对劳动合同"}"""))))
    Mono<ResponseEntity<Reopening>> decide(@Parameter(description = "申请编号") @PathVariable UUID id,
            @Parameter(description = "重新审核编号") @PathVariable UUID reopeningId, @RequestBody NewDecision body,
            IdempotencyKey key, Caller caller) {
        return idempotency.execute(key, body, () -> locked(id, caller)
                .flatMap(found -> reopenings.get(id, reopeningId).flatMap(asked -> reopen.decide(found, asked,
                        Boolean.TRUE.equals(body.approved()), String.valueOf(body.reason()), caller)))
                .then(Mono.defer(() -> reopenings.get(id, reopeningId)))
                .map(ResponseEntity::ok));
    }

    @GetMapping("/doubtful-months")
    @Access(scope = "subsidy.decide", roles = {"district", "city", "auditor"})
    @Operation(operationId = "listDoubtfulMonths", summary = "列出按现有事实不应发放的已发各期", description = "登记的事实变化早于已发放（或已送银行）的月份时，该月按现在所知的事实可能不符合条件；逐期列出原因，供决定是否追回。没有时为空。")
    Mono<List<DoubtfulMonths.Month>> doubtful(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.readable(found, caller)).flatMap(doubtful::of);
    }

    private Mono<Application> locked(UUID id, Caller caller) {
        return reader.lock(id).map(found -> access.decidable(found, caller));
    }
}
