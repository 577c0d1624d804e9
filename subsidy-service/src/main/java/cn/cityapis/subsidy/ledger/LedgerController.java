package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.SubsidySettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The ledger, for those who answer for the money. */
@RestController
@RequestMapping("/api/subsidy/v1/ledger")
@Tag(name = "台账", description = "复式预算台账：账户、分录、核对")
class LedgerController {

    private final LedgerReport report;
    private final CheckRecords checks;
    private final SubsidySettings settings;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Clock clock;

    LedgerController(LedgerReport report, CheckRecords checks, SubsidySettings settings, Idempotency idempotency,
            Audit audit, Clock clock) {
        this.report = report;
        this.checks = checks;
        this.settings = settings;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    /** Null: the whole city; a district's finance office sees its own budgets. */
    private @Nullable String area(Caller caller) {
        boolean all = caller.hasRole("auditor") || caller.isOf(settings.cityCode());
        return all ? null : String.valueOf(caller.org());
    }

    @GetMapping("/accounts")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor", "city"})
    @Operation(operationId = "listLedgerAccounts", summary = "列出台账账户及余额", description = "复式台账的账户；余额以分为单位，等于该账户全部分录之和，逐笔见 listLedgerEntries。区市只见本区市。")
    Mono<Page<LedgerReport.Account>> accounts(PageRequest page, Caller caller) {
        return report.accounts(area(caller), page)
                .map(rows -> Page.of(rows, page, row -> List.of(row.id().toString())));
    }

    @GetMapping("/accounts/{id}/entries")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor", "city"})
    @Operation(operationId = "listLedgerEntries", summary = "列出一个账户的分录", description = "按记账先后排序；其他区市的账户得到 404。")
    Mono<Page<LedgerReport.Entry>> entries(@Parameter(description = "账户编号") @PathVariable UUID id, PageRequest page,
            Caller caller) {
        return report.exists(id, area(caller)).flatMap(there -> there
                ? report.entries(id, page)
                : Mono.error(ProblemException.of(CommonProblem.NOT_FOUND, "没有这个账户")))
                .map(rows -> Page.of(rows, page, row -> List.of(Long.toString(row.id()))));
    }

    @GetMapping("/check")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor", "city"})
    @Operation(operationId = "checkLedger", summary = "核对台账", description = "从全部分录当场重新加总，任何时候都应当相符。25 秒内不能完成的得到 ledger-check-long：分录过多（约数百万笔）时请用 requestLedgerCheck。")
    Mono<LedgerReport.Check> check() {
        return report.check();
    }

    @PostMapping("/checks")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor", "city"})
    @Operation(operationId = "requestLedgerCheck", summary = "在后台核对台账", description = "从全部分录重新加总，用时不限，结果保存；正在核对的，不另起一次。每天夜间也自动核对一次。")
    @ApiResponse(responseCode = "202", description = "已安排；Location 指向这次核对", useReturnTypeSchema = true)
    Mono<ResponseEntity<CheckRecords.LedgerCheck>> request(IdempotencyKey key, Caller caller) {
        return idempotency.execute(key, Map.of(), () -> checks.ask(caller.subject(), clock.instant())
                .flatMap(asked -> audit.record(caller, "request", "ledger-check", asked.id().toString(), Map.of())
                        .thenReturn(ResponseEntity.accepted()
                                .location(URI.create("/api/subsidy/v1/ledger/checks/" + asked.id())).body(asked))));
    }

    @GetMapping("/checks")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor", "city"})
    @Operation(operationId = "listLedgerChecks", summary = "列出台账核对", description = "每天夜间自动核对的和应要求核对的，新的在前；没有 result 的正在核对。")
    Mono<Page<CheckRecords.LedgerCheck>> checks(PageRequest page) {
        return checks.list(page).map(rows -> Page.of(rows, page, row -> List.of(row.id().toString())));
    }

    @GetMapping("/checks/{checkId}")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor", "city"})
    @Operation(operationId = "getLedgerCheck", summary = "一次台账核对", description = "没有 result 的正在核对，请稍后再查。")
    Mono<CheckRecords.LedgerCheck> checkOf(
            @Parameter(description = "核对编号") @PathVariable("checkId") UUID id) {
        return checks.find(id).switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这次核对")));
    }
}
