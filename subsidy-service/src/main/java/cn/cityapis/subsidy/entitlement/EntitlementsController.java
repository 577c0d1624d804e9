package cn.cityapis.subsidy.entitlement;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.catalogue.DraftCatalogue;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a person is entitled to. A POST because of its body; it stores nothing, so it takes no Idempotency-Key. */
@RestController
@RequestMapping("/api/subsidy/v1/entitlements")
@Tag(name = "资格测算", description = "给出事实，得到每个方案的结论、金额、依据，以及还值得询问什么")
class EntitlementsController {

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

    private final SchemeCatalogue catalogue;
    private final DraftCatalogue drafts;
    private final Clock clock;

    EntitlementsController(SchemeCatalogue catalogue, DraftCatalogue drafts, Clock clock) {
        this.catalogue = catalogue;
        this.drafts = drafts;
        this.clock = clock;
    }

    @Schema(description = "测算请求")
    record EntitlementRequest(
            @Schema(description = "计算日期，缺省为今天；可以是过去或将来", example = "2026-11-21") @Nullable LocalDate asOf,
            @Schema(description = "申领主体，缺省为个人；只测算面向该主体的方案", example = "person") @Nullable ApplicantKind applicantKind,
            @Schema(description = "假设这些方案修订已经生效（需要 subsidy.admin）") @Size(max = 5, message = "方案修订最多 5 份") @Nullable List<@NotNull(message = "不能为空") UUID> proposalIds,
            @Schema(description = "已知的事实：名称及取值见各方案的 facts") @NotNull(message = "请提供 facts，可以为空对象") @Size(max = 300, message = "事实最多 300 项") @Nullable Map<String, @Nullable Object> facts) {
    }

    @PostMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "evaluateEntitlements", summary = "测算可享受的补贴", description = """
            对每个方案给出 yes / no / unknown，并列出每项条件的结果与依据、按月或按年的金额、不符合的原因、尚缺的事实，
            以及接下来最值得询问的事实。不符合条件不是错误，返回 200。
            所给数值使某个方案无法计算时，该方案列在 notComputed（beyond-range），其余方案照常作答。本操作不保存任何内容，因此不需要 Idempotency-Key，可以放心重试。""", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "32 岁博士刚全职入职企业", value = """
                    {"facts": {"birthDate": "1994-05-02", "educationLevel": "doctor", "engagement": "employed-full-time",
                     "engagementStart": "2026-11-16", "employerKind": "company"}}"""))))
    Mono<Entitlements> evaluate(@RequestBody EntitlementRequest request, Caller caller) {
        List<UUID> proposals = request.proposalIds() == null ? List.of() : request.proposalIds();
        if (proposals.isEmpty()) {
            return Mono.fromCallable(() -> evaluate(request, catalogue));
        }
        if (!caller.scopes().contains("subsidy.admin")) {
            return Mono.error(ProblemException.of(CommonProblem.FORBIDDEN, "测算未生效的方案修订需要 subsidy.admin"));
        }
        return drafts.with(proposals).map(all -> evaluate(request, all));
    }

    private Entitlements evaluate(EntitlementRequest request, SchemeCatalogue schemes) {
        Violations violations = new Violations();
        LocalDate asOf = request.asOf() == null ? LocalDate.now(clock) : request.asOf();
        if (asOf.isBefore(EARLIEST) || asOf.isAfter(LATEST)) {
            violations.add("/asOf", "out-of-range", "计算日期应在 2000 年至 2099 年之间");
        }
        FactReader.Reading reading = schemes.facts().read(request.facts() == null ? Map.of() : request.facts());
        reading.wrong().forEach(wrong -> violations.add("/facts/" + wrong.fact(), wrong.code(), wrong.detail()));
        violations.throwIfAny();
        ApplicantKind kind = Objects.requireNonNullElse(request.applicantKind(), ApplicantKind.PERSON);
        return Entitlements.of(schemes.forKind(kind, asOf), reading.facts(), asOf);
    }
}
