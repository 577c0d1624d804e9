package cn.cityapis.subsidy.report;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidySettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What was paid in a calendar year; a year's budget is paid over several. */
@RestController
@RequestMapping("/api/subsidy/v1/reports/payment-years")
@Tag(name = "统计报表", description = "按方案、区市、承担方的年度资金情况；不含个人信息")
class PaidReportController {

    private final PaidReports reports;
    private final SubsidySettings settings;

    PaidReportController(PaidReports reports, SubsidySettings settings) {
        this.reports = reports;
        this.settings = settings;
    }

    @Schema(name = "PaymentYearReport", description = "自然年度收付报表")
    record PaidReport(@Schema(description = "自然年度", example = "2026") int year,
            @Schema(description = "各行") List<PaidLine> items) {
    }

    @GetMapping
    @Access(scope = "subsidy.decide", roles = {"district", "city", "finance", "auditor"})
    @Operation(operationId = "getPaymentYearReport", summary = "自然年度收付报表", description = "按方案、区市、承担方和预算年度汇总一个自然年度内登记的支付、退汇、追回和归还（分），不论列支哪一年度的预算；以记账日（北京时间）为准。区市只见本区市。")
    Mono<PaidReport> get(
            @Parameter(description = "自然年度", example = "2026") @RequestParam("year") @Min(value = 2018, message = "年度应在 2018 至 2100 之间") @Max(value = 2100, message = "年度应在 2018 至 2100 之间") int year,
            Caller caller) {
        return lines(year, caller).map(lines -> new PaidReport(year, lines));
    }

    @GetMapping(path = "/csv", produces = "text/csv;charset=UTF-8")
    @Access(scope = "subsidy.decide", roles = {"district", "city", "finance", "auditor"})
    @Operation(operationId = "downloadPaymentYearReportCsv", summary = "下载自然年度收付报表（CSV）", description = "内容与 getPaymentYearReport 相同：CSV，第一行为表头。")
    Mono<ResponseEntity<String>> csv(
            @Parameter(description = "自然年度", example = "2026") @RequestParam("year") @Min(value = 2018, message = "年度应在 2018 至 2100 之间") @Max(value = 2100, message = "年度应在 2018 至 2100 之间") int year,
            Caller caller) {
        return lines(year, caller).map(lines -> ReportController.file("subsidy-paid-" + year + ".csv")
                .body(table(lines).csv()));
    }

    @GetMapping(path = "/xlsx", produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    @Access(scope = "subsidy.decide", roles = {"district", "city", "finance", "auditor"})
    @Operation(operationId = "downloadPaymentYearReportXlsx", summary = "下载自然年度收付报表（XLSX）", description = "内容与 getPaymentYearReport 相同，供电子表格软件使用。")
    Mono<ResponseEntity<byte[]>> xlsx(
            @Parameter(description = "自然年度", example = "2026") @RequestParam("year") @Min(value = 2018, message = "年度应在 2018 至 2100 之间") @Max(value = 2100, message = "年度应在 2018 至 2100 之间") int year,
            Caller caller) {
        return lines(year, caller)
                .flatMap(lines -> Mono.fromCallable(table(lines)::xlsx).subscribeOn(Schedulers.boundedElastic()))
                .map(bytes -> ReportController.file("subsidy-paid-" + year + ".xlsx").body(bytes));
    }

    private Mono<List<PaidLine>> lines(int year, Caller caller) {
        return reports.lines(year, ReportController.area(caller, settings));
    }

    private static ReportTable table(List<PaidLine> lines) {
        return new ReportTable(PaidLine.HEAD, lines.stream().map(PaidLine::cells).toList());
    }
}
