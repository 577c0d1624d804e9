package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.home.Stays;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who goes, and what emergency beds are used for. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}")
@Tag(name = "床位使用", description = "离院、应急床位的使用及其理由（第二十五条）")
class StayController {

    private final UseBed use;
    private final Stays stays;
    private final HomeAccess access;
    private final Idempotency idempotency;

    StayController(UseBed use, Stays stays, HomeAccess access, Idempotency idempotency) {
        this.use = use;
        this.stays = stays;
        this.access = access;
        this.idempotency = idempotency;
    }

    enum Departure {
        LEFT, DIED, USE_OVER
    }

    @Schema(description = "离院或使用结束")
    record DepartureRequest(
            @Schema(description = "原因", example = "LEFT") @NotNull(message = "请选择原因") @Nullable Departure reason,
            @Schema(description = "说明（不写个人信息）", example = "家属接回") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String note) {
    }

    /** The uses that need no offer. */
    enum EmergencyPurpose {
        TURNOVER, EMERGENCY, TEMPORARY
    }

    @Schema(description = "使用一张空闲的应急床位")
    record EmergencyUseRequest(
            @Schema(description = "用途：床位周转、应急、临时安置", example = "TEMPORARY") @NotNull(message = "请选择用途") @Nullable EmergencyPurpose purpose,
            @Schema(description = "理由（不写个人信息）", example = "房屋漏雨，临时安置两周") @NotBlank(message = "请填写理由") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason,
            @Schema(description = "预计使用至", example = "2030-12-05") @Nullable LocalDate until,
            @Schema(description = "在本机构轮候的申请；其位次不变") @Nullable UUID applicationId) {
    }

    @PostMapping("/beds/{bedId}/departure")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "recordDeparture", summary = "登记离院、去世或临时使用结束", description = "床位即时公示为空床，并自动通知下一位适合的申请人。")
    Mono<ResponseEntity<BedChanged>> departure(@PathVariable("homeId") UUID homeId, @PathVariable("bedId") UUID bedId,
            IdempotencyKey key, IfMatch ifMatch, Caller caller, @RequestBody DepartureRequest request) {
        return idempotency.execute(key, request, () -> use
                .departure(caller, homeId, bedId, ifMatch,
                        Stay.End.valueOf(Objects.requireNonNull(request.reason()).name()), request.note())
                .map(changed -> BedController.answer(changed, HttpStatus.OK)));
    }

    @PostMapping("/beds/{bedId}/emergency-uses")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "useEmergencyBed", summary = "使用应急床位", description = "只限床位周转、应急、临时安置；特殊保障通道由系统按次序安排（第二十五条）。")
    Mono<ResponseEntity<Stay>> emergency(@PathVariable("homeId") UUID homeId, @PathVariable("bedId") UUID bedId,
            IdempotencyKey key, IfMatch ifMatch, Caller caller, @RequestBody EmergencyUseRequest request) {
        return idempotency.execute(key, request, () -> use
                .emergency(caller, homeId, bedId, ifMatch,
                        new UseBed.Use(Stay.Purpose.valueOf(Objects.requireNonNull(request.purpose()).name()),
                                Objects.requireNonNull(request.reason()).strip(), request.until(),
                                request.applicationId()))
                .map(stay -> ResponseEntity.status(HttpStatus.CREATED).body(stay)));
    }

    @GetMapping("/stays")
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city", "auditor"})
    @Operation(operationId = "listStays", summary = "床位使用记录", description = "含每次使用应急床位的用途与理由；不含个人信息。")
    Mono<Page<Stay>> list(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "只看正在使用的", example = "true") @RequestParam(name = "running", defaultValue = "false") boolean running,
            @Parameter(description = "只看应急床位", example = "true") @RequestParam(name = "emergency", defaultValue = "false") boolean emergency,
            PageRequest page, Caller caller) {
        UUID before = before(page);
        return access.overseen(caller, homeId)
                .then(stays.page(homeId, running, emergency, before, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, stay -> List.of(stay.id().toString())));
    }

    private static @Nullable UUID before(PageRequest page) {
        try {
            return page.isFirst() ? null : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
