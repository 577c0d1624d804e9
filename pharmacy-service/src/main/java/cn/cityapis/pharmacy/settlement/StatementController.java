package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "结算", description = "验收后约30天内付款")
class StatementController {

    static final String MONTH = "20\\d\\d-(0[1-9]|1[0-2])";

    private final SettlementStatements statements;
    private final Parties parties;
    private final Clock clock;

    StatementController(SettlementStatements statements, Parties parties, Clock clock) {
        this.statements = statements;
        this.parties = parties;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/settlement-statements")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "listSettlementStatements", summary = "月度对账单", description = "每家采购方与每家供货企业一张，含按时付款比例。采购方和供货企业只看到自己的。")
    Mono<Statements> list(Caller caller,
            @Parameter(description = "月份；不给时为本月", example = "2026-11", schema = @Schema(type = "string", pattern = MONTH)) @RequestParam(required = false) @Nullable String month) {
        LocalDate today = LocalDate.now(clock);
        YearMonth asked = month == null ? YearMonth.from(today) : month("month", month);
        return parties.of(caller).flatMap(party -> statements.of(party, asked, today)).map(Statements::new);
    }

    /** @throws ProblemException 400 if it is none */
    static YearMonth month(String parameter, String text) {
        if (!text.matches(MONTH)) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, parameter + " 应为月份，如 2026-11",
                    List.of(new Violation("?" + parameter, "wrong-type", "应为月份，如 2026-11")));
        }
        return YearMonth.parse(text);
    }

    @Schema(name = "SettlementStatementList", description = "月度对账单")
    record Statements(@Schema(description = "各月的对账单") List<SettlementStatement> items) {
    }
}
