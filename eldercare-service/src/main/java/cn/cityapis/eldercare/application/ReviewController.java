package cn.cityapis.eldercare.application;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The home's side of an application: what is to be reviewed, and the review. */
@RestController
@RequestMapping("/api/eldercare/v1")
@Tag(name = "审核", description = "养老机构审核入住申请（第十三条）")
class ReviewController {

    private final Applications applications;
    private final ApplicationViews views;
    private final ReviewApplication review;
    private final Idempotency idempotency;

    ReviewController(Applications applications, ApplicationViews views, ReviewApplication review,
            Idempotency idempotency) {
        this.applications = applications;
        this.views = views;
        this.review = review;
        this.idempotency = idempotency;
    }

    enum Verdict {
        QUALIFIED, REJECTED
    }

    @Schema(description = "审核结论")
    record ReviewRequest(
            @Schema(description = "结论", example = "QUALIFIED") @NotNull(message = "请填写审核结论") @Nullable Verdict verdict,
            @Schema(description = "理由", example = "资料齐全，情况属实") @NotBlank(message = "请填写理由") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason,
            @Schema(description = "未获证实的身份类别", example = "[]") @Size(max = 9, message = "类别过多") @Nullable List<@NotNull(message = "不能为空") Category> unprovenCategories) {
    }

    @GetMapping("/reviews")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "listReviews", summary = "本机构负责审核的申请", description = "按申请先后。")
    Mono<Page<ApplicationController.ApplicationLine>> list(
            @Parameter(description = "状态", example = "SUBMITTED") @RequestParam(name = "state", required = false) ApplicationState.@Nullable Name state,
            PageRequest page, Caller caller) {
        return applications
                .reviewedBy(caller.org() == null ? "" : caller.org(), state, Handed.after(page),
                        page.rowsToRead())
                .map(rows -> Page.of(rows, page, application -> new Handed(
                        Objects.requireNonNull(application.submittedAt()), application.id()).cursor()))
                .map(found -> new Page<>(found.items().stream().map(ApplicationController.ApplicationLine::of).toList(),
                        found.nextCursor()));
    }

    @PostMapping("/applications/{applicationId}/review")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "reviewApplication", summary = "审核申请", description = "由第一意向机构在 5 个工作日内审核（第十三条）；未获证实的类别会使通道重新推导。")
    Mono<ResponseEntity<ApplicationView>> review(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody ReviewRequest request) {
        return idempotency.execute(key, request, () -> decide(caller, id, ifMatch, request)
                .flatMap(stored -> views.view(stored)
                        .map(view -> ResponseEntity.ok().eTag(ETags.of(stored.version())).body(view))));
    }

    private Mono<Application> decide(Caller caller, UUID id, IfMatch ifMatch, ReviewRequest request) {
        String reason = Objects.requireNonNull(request.reason());
        List<Category> unproven = request.unprovenCategories() == null ? List.of() : request.unprovenCategories();
        return switch (Objects.requireNonNull(request.verdict())) {
            case QUALIFIED -> review.qualify(caller, id, ifMatch, unproven, reason);
            case REJECTED -> review.reject(caller, id, ifMatch, reason);
        };
    }
}
