package cn.cityapis.pharmacy.institution;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "机构", description = "售药机构、连锁企业门店与供货企业")
class OpeningController {

    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d|24:00";

    private final OpeningExceptions exceptions;
    private final Parties parties;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    OpeningController(OpeningExceptions exceptions, Parties parties, Idempotency idempotency, Audit audit,
            Outbox outbox, Clock clock) {
        this.exceptions = exceptions;
        this.parties = parties;
        this.idempotency = idempotency;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    @PostMapping("/api/pharmacy/v1/stores/{storeId}/opening-exceptions")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "declareOpeningException", summary = "申报门店某一天的特殊营业时间", description = "节假日值班、盘点停业等；代替该日的每周营业时间，重复申报以后一次为准。有自己账户的医院、诊所申报本机构。")
    Mono<ResponseEntity<OpeningException>> declare(Caller caller, IdempotencyKey key,
            @Parameter(description = "门店编号") @PathVariable UUID storeId, @RequestBody NewException body) {
        return idempotency.execute(key, body, () -> declared(caller, storeId, body).map(ResponseEntity::ok));
    }

    private Mono<OpeningException> declared(Caller caller, UUID store, NewException body) {
        List<OpeningRules.Stretch> stretches = body.hours().stream()
                .map(h -> new OpeningRules.Stretch(h.opens(), h.closes())).toList();
        OpeningException exception = OpeningException.of(body.day(), stretches, body.note());
        return parties.seller(caller)
                .flatMap(seller -> exceptions.lock(seller, store))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这家门店")))
                .doOnNext(held -> OpeningRules.checkException(body.day(), stretches, LocalDate.now(clock))
                        .throwIfAny())
                .flatMap(held -> exceptions.put(store, exception)
                        .then(audit.record(caller, "opening.declared", "pharmacy", store.toString(),
                                Map.of("day", body.day().toString(), "hours", exception.text())))
                        .then(outbox.publish("pharmacy.opening.declared", "pharmacies/" + store,
                                Map.of("pharmacyId", store, "day", body.day().toString()))))
                .thenReturn(exception);
    }

    @Schema(name = "NewOpeningException", description = "某一天的特殊营业时间；hours 为空表示全天不营业")
    record NewException(@Schema(description = "日期", example = "2027-02-06") @NotNull LocalDate day,
            @Schema(description = "当日的各个时段，至多 6 个；空为全天不营业") @NotNull @Size(max = 6) List<@NotNull @Valid NewHours> hours,
            @Schema(description = "说明", example = "春节值班") @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String note) {
    }

    @Schema(name = "NewOpeningHours", description = "一个时段，当日之内")
    record NewHours(
            @Schema(description = "开门", example = "09:00") @NotNull @Pattern(regexp = TIME, message = "应为 HH:mm") String opens,
            @Schema(description = "关门，24:00 表示当日结束", example = "12:00") @NotNull @Pattern(regexp = TIME, message = "应为 HH:mm") String closes) {
    }
}
