package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.SubsidySettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The year's round: set up by the city once a year, and the lead insurer's filings for each district. */
@RestController
@RequestMapping("/api/subsidy/v1/insurance-rounds")
@Tag(name = "高层次人才保险", description = "每年一次的集中投保与保费补贴（威金监发〔2023〕25号）")
class RoundsController {

    private final Rounds rounds;
    private final Filings filings;
    private final FilingAccess access;
    private final SubsidySettings settings;
    private final WorkingCalendar calendar;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Ids ids;

    RoundsController(Rounds rounds, Filings filings, FilingAccess access, SubsidySettings settings,
            WorkingCalendar calendar, Idempotency idempotency, Audit audit, Ids ids) {
        this.rounds = rounds;
        this.filings = filings;
        this.access = access;
        this.settings = settings;
        this.calendar = calendar;
        this.idempotency = idempotency;
        this.audit = audit;
        this.ids = ids;
    }

    @Schema(description = "组织一次集中投保（第十条：每年下半年一次）")
    record NewRound(
            @Schema(description = "年度", example = "2026") @NotNull(message = "请填写年度") @Min(value = 2023, message = "年度应在 2023 至 2100 之间") @Max(value = 2100, message = "年度应在 2023 至 2100 之间") @Nullable Integer year,
            @Schema(description = "主承保机构的组织编号", example = "demo-insurer-1") @NotBlank(message = "请填写主承保机构") @Size(max = 100, message = "组织编号过长") @Nullable String leadOrg,
            @Schema(description = "主承保机构名称", example = "演示财产保险公司") @NotBlank(message = "请填写主承保机构名称") @Size(max = 100, message = "名称最多 100 字") @Nullable String leadName,
            @Schema(description = "主承保机构承保比例（%，不低于 50，第九条）", example = "60") @NotNull(message = "请填写承保比例") @Min(value = 1, message = "比例应在 1 至 100 之间") @Max(value = 100, message = "比例应在 1 至 100 之间") @Nullable Integer leadPercent,
            @Schema(description = "承保机构收款账号（第十一条）", example = "3700000000000000001") @NotBlank(message = "请填写收款账号") @Size(max = 30, message = "账号最多 30 位") @Pattern(regexp = "\\d{8,30}", message = "账号应为 8 至 30 位数字") @Nullable String bankAccount,
            @Schema(description = "开始日", example = "2026-09-01") @NotNull(message = "请填写开始日") @Nullable LocalDate opens,
            @Schema(description = "结束日", example = "2026-10-30") @NotNull(message = "请填写结束日") @Nullable LocalDate closes) {
    }

    @Schema(description = "新建一个区市的申报")
    record NewFiling(
            @Schema(description = "投保企业所在区市代码", example = "371002") @NotBlank(message = "请填写区市代码") @Size(max = 12, message = "区划代码过长") @Nullable String areaCode) {
    }

    @Schema(name = "InsuranceRound", description = "一年度的集中投保")
    record RoundView(@Schema(description = "编号") UUID id, @Schema(description = "年度", example = "2026") int year,
            @Schema(description = "主承保机构的组织编号", example = "demo-insurer-1") String leadOrg,
            @Schema(description = "主承保机构名称") String leadName,
            @Schema(description = "承保比例（%）", example = "60") int leadPercent,
            @Schema(description = "开始日") LocalDate opens, @Schema(description = "结束日") LocalDate closes,
            @Schema(description = "申报期限：结束后 5 个工作日（第十一条）") Deadline filingDue,
            @Schema(description = "收款账号（已脱敏）") String payeeAccount,
            @Schema(description = "收款账号是否已由录入人以外的人核对") boolean accountConfirmed) {

        static RoundView of(Filing.Round it) {
            return new RoundView(it.id(), it.year(), it.leadOrg(), it.leadName(), it.leadPercent(), it.opens(),
                    it.closes(), it.filingDue(), it.maskedAccount(), it.accountConfirmed());
        }
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listInsuranceRounds", summary = "列出各年度的集中投保", description = "各年度的主承保机构、承保比例、起止日期和申报期限。")
    Mono<List<RoundView>> list() {
        return rounds.all().map(all -> all.stream().map(RoundView::of).toList());
    }

    @PostMapping
    @Access(scope = "subsidy.decide", roles = "city")
    @Operation(operationId = "openInsuranceRound", summary = "组织一次集中投保", description = "每年下半年一次（第十条）；主承保机构承保比例不低于 50%（第九条）。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "2026 年度", value = """
                    {"year": 2026, "leadOrg": "demo-insurer-1", "leadName": "演示财产保险公司", "leadPercent": 60,
                     "bankAccount": "3700000000000000001", "opens": "2026-09-01", "closes": "2026-10-30"}"""))))
    Mono<ResponseEntity<RoundView>> open(@RequestBody NewRound body, IdempotencyKey key, Caller caller) {
        if (!access.isCity(caller)) {
            throw ProblemException.of(CommonProblem.FORBIDDEN);
        }
        LocalDate closes = Objects.requireNonNull(body.closes());
        return idempotency.execute(key, body, () -> rounds.figures(Objects.requireNonNull(body.opens()))
                .switchIfEmpty(Mono.error(StepFiling::outOfForce))
                .flatMap(figures -> {
                    FilingRules.round(figures, Objects.requireNonNull(body.year()),
                            Objects.requireNonNull(body.opens()), closes, Objects.requireNonNull(body.leadPercent()))
                            .throwIfAny();
                    Filing.Round round = new Filing.Round(ids.next(), body.year(), String.valueOf(body.leadOrg()),
                            String.valueOf(body.leadName()), body.leadPercent(), body.opens(), closes,
                            calendar.workingDaysAfter(closes, figures.filingWorkingDays()),
                            String.valueOf(body.bankAccount()), false);
                    return rounds.insert(round, caller.subject())
                            .onErrorMap(DataIntegrityViolationException.class,
                                    e -> ProblemException.of(SubsidyProblem.ROUND_ONCE,
                                            body.year() + " 年度已组织过集中投保（第十条）"))
                            .then(audit.record(caller, "open-insurance-round", "insurance-round",
                                    round.id().toString(), Map.of("year", body.year())))
                            .thenReturn(ResponseEntity.status(HttpStatus.CREATED).body(RoundView.of(round)));
                }));
    }

    @PostMapping("/{roundId}/filings")
    @Access(scope = "subsidy.apply", roles = "insurer")
    @Operation(operationId = "createInsuranceFiling", summary = "新建一个区市的保费补贴申报", description = "仅限本年度的主承保机构；每个区市一份。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "环翠区", value = """
                    {"areaCode": "371002"}"""))))
    Mono<ResponseEntity<Filing>> create(@Parameter(description = "集中投保编号") @PathVariable UUID roundId,
            @RequestBody NewFiling body, IdempotencyKey key, Caller caller) {
        String area = String.valueOf(body.areaCode());
        Violations violations = new Violations();
        if (settings.area(area).isEmpty()) {
            violations.add("/areaCode", "unknown", "没有代码为 " + area + " 的区市");
        }
        violations.throwIfAny();
        UUID id = ids.next();
        return idempotency.execute(key, body, () -> rounds.get(roundId)
                .filter(round -> caller.isOf(round.leadOrg()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这次集中投保")))
                .flatMap(round -> filings.insert(id, roundId, area))
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> ProblemException.of(SubsidyProblem.ROUND_ONCE, "这个区市的申报已经建立"))
                .then(Mono.defer(() -> filings.get(id)))
                .map(made -> ResponseEntity.status(HttpStatus.CREATED)
                        .eTag(cn.cityapis.platform.web.ETags.of(made.version())).body(made)));
    }

    @Schema(name = "InsurerAccountEntry", description = "承保机构的收款账号")
    record Account(
            @Schema(description = "收款账号", example = "3700000000000000001") @NotBlank(message = "请填写收款账号") @Size(max = 30, message = "账号最多 30 位") @Pattern(regexp = "\\d{8,30}", message = "账号应为 8 至 30 位数字") @Nullable String bankAccount) {
    }

    @PostMapping("/{roundId}/account-corrections")
    @Access(scope = "subsidy.decide", roles = "city")
    @Operation(operationId = "correctInsurerAccount", summary = "更正承保机构收款账号", description = "更正后须由另一人核对，核对前不能登记拨付。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "更正", value = """
                    {"bankAccount": "3700000000000000002"}"""))))
    Mono<ResponseEntity<RoundView>> correct(@Parameter(description = "集中投保编号") @PathVariable UUID roundId,
            @RequestBody Account body, IdempotencyKey key, Caller caller) {
        return account(roundId, "correct-insurer-account", body, key, caller,
                round -> rounds.correctAccount(roundId, String.valueOf(body.bankAccount()), caller.subject()));
    }

    @PostMapping("/{roundId}/account-confirmations")
    @Access(scope = "subsidy.decide", roles = "city")
    @Operation(operationId = "confirmInsurerAccount", summary = "核对承保机构收款账号", description = "由录入人以外的人按原始材料重新填写账号，与录入的一致即为核对无误；不一致时拒绝（validation-failed）。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "核对", value = """
                    {"bankAccount": "3700000000000000001"}"""))))
    Mono<ResponseEntity<RoundView>> confirm(@Parameter(description = "集中投保编号") @PathVariable UUID roundId,
            @RequestBody Account body, IdempotencyKey key, Caller caller) {
        return account(roundId, "confirm-insurer-account", body, key, caller, round -> {
            Violations wrong = new Violations();
            if (!round.account().equals(body.bankAccount())) {
                wrong.add("/bankAccount", "mismatch", "与录入的账号不一致");
            }
            wrong.throwIfAny();
            return rounds.confirmAccount(roundId, caller.subject()).onErrorMap(DataIntegrityViolationException.class,
                    e -> ProblemException.of(SubsidyProblem.FOUR_EYES, "收款账号须由录入人以外的人核对"));
        });
    }

    private Mono<ResponseEntity<RoundView>> account(UUID id, String action, Account body, IdempotencyKey key,
            Caller caller, Function<Filing.Round, Mono<Void>> effect) {
        if (!access.isCity(caller)) {
            throw ProblemException.of(CommonProblem.FORBIDDEN);
        }
        return idempotency.execute(key, body, () -> rounds.get(id).flatMap(effect)
                .then(audit.record(caller, action, "insurance-round", id.toString(), Map.of()))
                .then(Mono.defer(() -> rounds.get(id)))
                .map(round -> ResponseEntity.ok(RoundView.of(round))));
    }
}
