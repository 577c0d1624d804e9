package cn.cityapis.pharmacy.green;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1/matching-events")
@Tag(name = "绿色通道", description = "新试剂、耗材、服务随时申报，分步办理")
class MatchingController {

    private static final String TEXT = "[^\\p{Cntrl}]*";

    private final ArrangeMatching arrange;
    private final MatchingEvents events;
    private final Parties parties;
    private final Idempotency idempotency;

    MatchingController(ArrangeMatching arrange, MatchingEvents events, Parties parties, Idempotency idempotency) {
        this.arrange = arrange;
        this.events = events;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Access(scope = "pharmacy.decide", roles = {"city", "admin"})
    @Operation(operationId = "arrangeMatchingEvent", summary = "安排对接会", description = "为已挂网的产品邀请采购企业。", responses = @ApiResponse(responseCode = "201", description = "已安排", useReturnTypeSchema = true))
    Mono<ResponseEntity<MatchingEvents.MatchingEvent>> arrange(Caller caller, IdempotencyKey key,
            @RequestBody NewEvent body) {
        return idempotency.execute(key, body,
                () -> arrange.arrange(caller, body.applicationId(), body.title(), body.heldOn(), body.place(),
                        body.chainIds()).map(made -> ResponseEntity.status(HttpStatus.CREATED).body(made)));
    }

    @GetMapping
    @Access(scope = "pharmacy.read", roles = {"maker", "chain", "pharmacy", "city", "admin", "auditor"})
    @Operation(operationId = "listMatchingEvents", summary = "对接会", description = "新的在前，至多 200 场。采购企业只看到受邀的，生产企业只看到自己产品的。")
    Mono<Events> list(Caller caller) {
        if (caller.hasRole("maker")) {
            return events.list(null, AdvanceApplication.maker(caller), null).map(Events::new);
        }
        return caller.hasRole("chain") || caller.hasRole("pharmacy")
                ? parties.buyer(caller).flatMap(chain -> events.list(chain.id(), null, null)).map(Events::new)
                : events.list(null, null, null).map(Events::new);
    }

    @PostMapping("/{eventId}/interest")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "stateMatchingInterest", summary = "表示意向", description = "由受邀企业表示；登记结果之前可以更改。")
    Mono<ResponseEntity<MatchingEvents.MatchingEvent>> interest(Caller caller, IdempotencyKey key,
            @Parameter(description = "对接会编号") @PathVariable UUID eventId, @RequestBody Interest body) {
        return idempotency.execute(key, body,
                () -> arrange.interest(caller, eventId, body.interest()).map(ResponseEntity::ok));
    }

    @PostMapping("/{eventId}/outcome")
    @Access(scope = "pharmacy.decide", roles = {"city", "admin"})
    @Operation(operationId = "noteMatchingOutcome", summary = "登记对接结果", description = "由医保部门登记一家受邀企业的结果。")
    Mono<ResponseEntity<MatchingEvents.MatchingEvent>> outcome(Caller caller, IdempotencyKey key,
            @Parameter(description = "对接会编号") @PathVariable UUID eventId, @RequestBody Outcome body) {
        return idempotency.execute(key, body,
                () -> arrange.outcome(caller, eventId, body.chainId(), body.outcome(), body.note())
                        .map(ResponseEntity::ok));
    }

    @Schema(name = "MatchingEventList", description = "对接会")
    record Events(@Schema(description = "各场对接会") List<MatchingEvents.MatchingEvent> items) {
    }

    @Schema(name = "NewMatchingEvent", description = "对接会")
    record NewEvent(@Schema(description = "已挂网的绿色通道申请编号") @NotNull UUID applicationId,
            @Schema(description = "标题", example = "新挂网试剂介绍会") @NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = "不能含控制字符") String title,
            @Schema(description = "日期", example = "2027-03-01") @NotNull LocalDate heldOn,
            @Schema(description = "地点", example = "市医保局会议室") @NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = "不能含控制字符") String place,
            @Schema(description = "受邀的采购方") @NotNull @Size(min = 1, max = 100) List<@NotNull UUID> chainIds) {
    }

    @Schema(name = "MatchingInterest", description = "意向")
    record Interest(
            @Schema(description = "意向", example = "希望试用三个月") @NotBlank @Size(max = 500) @Pattern(regexp = TEXT, message = "不能含控制字符") String interest) {
    }

    @Schema(name = "MatchingOutcome", description = "对接结果")
    record Outcome(@Schema(description = "采购方编号") @NotNull UUID chainId,
            @Schema(description = "结果：达成、试用、未达成", allowableValues = {
                    "agreed", "trial",
                    "none"}, example = "trial") @NotNull @Pattern(regexp = "agreed|trial|none", message = "只能是 agreed、trial、none 之一") String outcome,
            @Schema(description = "说明", example = "三家门店试用") @NotBlank @Size(max = 500) @Pattern(regexp = TEXT, message = "不能含控制字符") String note) {
    }
}
