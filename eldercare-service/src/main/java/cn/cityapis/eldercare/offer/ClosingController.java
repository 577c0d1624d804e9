package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.ApplicationView;
import cn.cityapis.eldercare.application.ApplicationViews;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The end of a home, and what follows for those who wait or live there. */
@RestController
@RequestMapping("/api/eldercare/v1")
@Tag(name = "机构停止运营", description = "停止运营、在住者清单与替补机构")
class ClosingController {

    private final CloseHome closing;
    private final ReplaceHome replacing;
    private final Closings closings;
    private final HomeAccess access;
    private final ApplicationViews views;
    private final Idempotency idempotency;

    ClosingController(CloseHome closing, ReplaceHome replacing, Closings closings, HomeAccess access,
            ApplicationViews views, Idempotency idempotency) {
        this.closing = closing;
        this.replacing = replacing;
        this.closings = closings;
        this.access = access;
        this.views = views;
        this.idempotency = idempotency;
    }

    @Schema(description = "停止运营")
    record ClosureRequest(
            @Schema(description = "理由", example = "房屋安全鉴定不合格") @NotBlank(message = "请填写理由") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @Schema(description = "替补机构")
    record ReplacementRequest(
            @Schema(description = "机构编号") @NotNull(message = "请选择机构") @Nullable UUID homeId) {
    }

    @PostMapping("/homes/{homeId}/closure")
    @Access(scope = "eldercare.decide", roles = {"district", "city"})
    @Operation(operationId = "closeHome", summary = "登记一家机构停止运营", description = "不可撤销：收回未办结的入住通知，结束该机构的轮候并逐一告知，其他机构的位次不变；在住者另行转移。")
    Mono<ResponseEntity<CloseHome.Closed>> close(@PathVariable("homeId") UUID homeId, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody ClosureRequest request) {
        return idempotency.execute(key, request, () -> closing
                .close(caller, homeId, ifMatch, Objects.requireNonNull(request.reason()).strip())
                .map(closed -> ResponseEntity.status(HttpStatus.CREATED).body(closed)));
    }

    @GetMapping("/homes/{homeId}/residents")
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city"})
    @Operation(operationId = "listResidents", summary = "在住者清单（姓名已遮蔽）", description = "机构停止运营时据此安排转移。")
    Mono<Page<Closings.Resident>> residents(@PathVariable("homeId") UUID homeId, PageRequest page, Caller caller) {
        return access.overseen(caller, homeId)
                .then(closings.residents(homeId, page.isFirst() ? null : page.after().getFirst(), page.rowsToRead()))
                .map(rows -> Page.of(rows, page, resident -> List.of(resident.bedLabel())));
    }

    @PostMapping("/applications/{applicationId}/replacement-homes")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "chooseReplacementHome", summary = "为停止运营的机构另选一家", description = "申请时间不变，排在新机构队列中相应的位置。")
    Mono<ResponseEntity<ApplicationView>> replace(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody ReplacementRequest request) {
        return idempotency.execute(key, request, () -> replacing
                .replace(caller, id, ifMatch, Objects.requireNonNull(request.homeId()))
                .flatMap(stored -> views.view(stored).map(view -> ResponseEntity.status(HttpStatus.CREATED)
                        .eTag(ETags.of(stored.version()))
                        .body(view))));
    }
}
