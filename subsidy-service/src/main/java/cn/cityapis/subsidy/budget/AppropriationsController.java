package cn.cityapis.subsidy.budget;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.application.FundApplications;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Money comes into a budget; whoever waits for it gets it, oldest first. */
@RestController
@RequestMapping("/api/subsidy/v1/ledger/appropriations")
@Tag(name = "台账")
class AppropriationsController {

    /** 100 billion yuan: far above any budget, far below what a sum of longs can hold. */
    private static final long MOST = 10_000_000_000_000L;

    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Ledger ledger;
    private final FundApplications funding;
    private final Idempotency idempotency;
    private final Audit audit;

    AppropriationsController(SchemeCatalogue catalogue, SubsidySettings settings, Ledger ledger,
            FundApplications funding,
            Idempotency idempotency, Audit audit) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.ledger = ledger;
        this.funding = funding;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Schema(description = "预算下达")
    record NewAppropriation(
            @Schema(description = "方案编号", example = "talent-living-allowance") @NotBlank(message = "请填写方案编号") @Size(max = 100, message = "方案编号过长") @Nullable String schemeId,
            @Schema(description = "预算年度", example = "2026") @NotNull(message = "请填写预算年度") @Min(value = 2018, message = "预算年度应在 2018 至 2100 之间") @Max(value = 2100, message = "预算年度应在 2018 至 2100 之间") @Nullable Integer year,
            @Schema(description = "承担方：city 市级；district 区市") @NotNull(message = "请填写承担方") Funding.@Nullable Party party,
            @Schema(description = "区划代码：市级填市代码，区市填区市代码", example = "371002") @NotBlank(message = "请填写区划代码") @Size(max = 12, message = "区划代码过长") @Nullable String areaCode,
            @Schema(description = "金额（分）", example = "100000000") @NotNull(message = "请填写金额") @Min(value = 1, message = "金额应为正数") @Max(value = MOST, message = "金额超出范围") @Nullable Long amountFen,
            @Schema(description = "摘要", example = "年初预算") @NotBlank(message = "请填写摘要") @Size(max = 200, message = "摘要最多 200 字") @Nullable String memo) {
    }

    @Schema(description = "已入账的预算下达")
    record Appropriated(@Schema(description = "凭证编号") UUID transactionId, @Schema(description = "方案编号") String schemeId,
            @Schema(description = "预算年度") int year, @Schema(description = "承担方") Funding.Party party,
            @Schema(description = "区划代码") String areaCode, @Schema(description = "金额（分）") long amountFen) {
    }

    @PostMapping
    @Access(scope = "subsidy.decide", roles = {"finance"})
    @Operation(operationId = "appropriateBudget", summary = "下达预算", description = "资金到位后，等待资金的申请按批准先后依次承诺。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "区市年初预算", value = """
                    {"schemeId": "talent-living-allowance", "year": 2026, "party": "district", "areaCode": "371002",
                     "amountFen": 100000000, "memo": "年初预算"}"""))))
    Mono<ResponseEntity<Appropriated>> appropriate(@RequestBody NewAppropriation body, IdempotencyKey key,
            Caller caller) {
        Budget budget = budget(body);
        requireOwn(budget, caller);
        long fen = Objects.requireNonNull(body.amountFen());
        return idempotency.execute(key, body, () -> ledger
                .book(Booking.appropriation(budget, new Fen(fen)), Cause.NONE, String.valueOf(body.memo()),
                        caller.subject())
                .flatMap(id -> audit
                        .record(caller, "appropriate", "ledger-transaction", id.toString(),
                                Map.of("budget", budget, "amountFen", fen))
                        .then(Mono.defer(() -> funding.fund(budget.scheme(), caller.subject())))
                        .thenReturn(ResponseEntity.status(HttpStatus.CREATED).body(new Appropriated(id, budget.scheme(),
                                budget.year(), budget.party(), budget.area(), fen)))));
    }

    /** The city's finance office keeps all budgets, a district's its own share only. */
    private void requireOwn(Budget budget, Caller caller) {
        boolean own = budget.party() == Funding.Party.DISTRICT && caller.isOf(budget.area());
        if (!own && !caller.isOf(settings.cityCode())) {
            throw ProblemException.of(CommonProblem.FORBIDDEN, "只能下达本级财政的预算");
        }
    }

    private Budget budget(NewAppropriation body) {
        Violations violations = new Violations();
        String scheme = String.valueOf(body.schemeId());
        Funding.Party party = Objects.requireNonNull(body.party());
        String area = String.valueOf(body.areaCode());
        if (catalogue.find(scheme).isEmpty()) {
            violations.add("/schemeId", "unknown", "没有编号为 " + scheme + " 的补贴方案");
        }
        boolean known = switch (party) {
            case CITY -> settings.cityCode().equals(area);
            case DISTRICT -> settings.area(area).isPresent();
        };
        if (!known) {
            violations.add("/areaCode", "unknown", "没有代码为 " + area + " 的" + (party == Funding.Party.CITY ? "市" : "区市"));
        }
        violations.throwIfAny();
        return new Budget(scheme, Objects.requireNonNull(body.year()), party, area);
    }
}
