package cn.cityapis.subsidy.erasure;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.Violations;
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
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How long what has ended is kept: dated decisions of the city. */
@RestController
@RequestMapping("/api/subsidy/v1/retention-periods")
@Tag(name = "个人信息的删除", description = "应本人要求、依决定或因保存期限届满删除个人信息（个人信息保护法第四十七条）")
class RetentionController {

    private final RetentionPeriods periods;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    RetentionController(RetentionPeriods periods, Idempotency idempotency, Audit audit, Ids ids, Clock clock) {
        this.periods = periods;
        this.idempotency = idempotency;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Schema(description = "规定保存期限")
    record RetentionRequest(
            @Schema(description = "申请资料（applications），或发放所附的会计资料（payments）", example = "applications", allowableValues = {
                    "applications",
                    "payments"}) @NotNull(message = "请选择资料类别") @Pattern(regexp = "applications|payments", message = "应为 applications 或 payments") @Nullable String records,
            @Schema(description = "自何日起适用，须晚于今天", example = "2030-01-01") @NotNull(message = "请填写适用日期") @Nullable LocalDate validFrom,
            @Schema(description = "申请资料自办结起、会计资料自年度终了起保存的月数；申请资料不填即不设期限", example = "60") @PositiveOrZero(message = "不能为负") @Max(value = 1200, message = "不超过 1200 个月") @Nullable Integer keepMonths,
            @Schema(description = "依据说明", example = "某某号文件") @NotBlank(message = "请说明依据") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String basis) {
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listRetentionPeriods", summary = "列出保存期限的各项规定", description = "最晚适用的在前。申请资料未规定时不设期限：可应要求删除，不自动删除。")
    Mono<List<RetentionPeriod>> list() {
        return periods.all();
    }

    @PostMapping
    @Access(scope = "subsidy.admin", roles = "city")
    @Operation(operationId = "setRetentionPeriod", summary = "规定办结后的保存期限", description = "期限届满前不应要求删除，届满后自动删除；自次日或以后适用，同日以最后登记的为准。")
    Mono<ResponseEntity<RetentionPeriod>> set(IdempotencyKey key, Caller caller,
            @RequestBody RetentionRequest request) {
        return idempotency.execute(key, request, () -> {
            RetentionPeriod period = check(request, caller);
            return periods.insert(period)
                    .then(audit.record(caller, "retention.set", "retention-period", period.id().toString(),
                            Map.of("records", period.records(), "validFrom", period.validFrom().toString(),
                                    "keepMonths",
                                    String.valueOf(period.keepMonths()))))
                    .thenReturn(ResponseEntity.status(HttpStatus.CREATED).body(period));
        });
    }

    /** What it ends cannot be brought back: whoever sets it has until midnight to set it right. */
    private RetentionPeriod check(RetentionRequest request, Caller caller) {
        LocalDate from = Objects.requireNonNull(request.validFrom());
        RetentionPeriod.Records records = RetentionPeriod.Records.of(Objects.requireNonNull(request.records()));
        Violations violations = new Violations();
        if (!from.isAfter(LocalDate.now(clock))) {
            violations.add("/validFrom", "out-of-range", "适用日期须晚于今天");
        }
        if (records == RetentionPeriod.Records.PAYMENTS && request.keepMonths() == null) {
            violations.add("/keepMonths", "required", "会计资料须规定保存期限");
        }
        violations.throwIfAny();
        return new RetentionPeriod(ids.next(), records, from, request.keepMonths(),
                Objects.requireNonNull(request.basis()).strip(),
                caller.org() == null ? caller.subject() : caller.org());
    }
}
