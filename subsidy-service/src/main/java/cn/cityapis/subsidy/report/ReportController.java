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
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The year's money, for those who answer for it: the city's offices see all, a district its own. */
@RestController
@RequestMapping("/api/subsidy/v1/reports/years")
@Tag(name = "统计报表", description = "按方案、区市、承担方的年度资金情况；不含个人信息")
class ReportController {

    private final Reports reports;
    private final SubsidySettings settings;

    ReportController(Reports reports, SubsidySettings settings) {
        this.reports = reports;
        this.settings = settings;
    }

    @Schema(name = "YearReport", description = "年度资金报表")
    record Report(@Schema(description = "预算年度", example = "2026") int year,
            @Schema(description = "各行") List<ReportLine> items) {
    }

    @GetMapping
    @Access(scope = "subsidy.decide", roles = {"district", "city", "finance", "auditor"})
    @Operation(operationId = "getYearReport", summary = "年度资金报表", description = "按方案、区市和承担方汇总当年预算的下达、承诺、支付、应收回和可用金额（分），与台账一致；区市只见本区市。")
    Mono<Report> get(
            @Parameter(description = "预算年度", example = "2026") @RequestParam("year") @Min(value = 2018, message = "年度应在 2018 至 2100 之间") @Max(value = 2100, message = "年度应在 2018 至 2100 之间") int year,
            Caller caller) {
        return lines(year, caller).map(lines -> new Report(year, lines));
    }

    @GetMapping(path = "/csv", produces = "text/csv;charset=UTF-8")
    @Access(scope = "subsidy.decide", roles = {"district", "city", "finance", "auditor"})
    @Operation(operationId = "downloadYearReportCsv", summary = "下载年度资金报表（CSV）", description = "内容与 getYearReport 相同：CSV，第一行为表头。")
    Mono<ResponseEntity<String>> csv(
            @Parameter(description = "预算年度", example = "2026") @RequestParam("year") @Min(value = 2018, message = "年度应在 2018 至 2100 之间") @Max(value = 2100, message = "年度应在 2018 至 2100 之间") int year,
            Caller caller) {
        return lines(year, caller).map(lines -> file("subsidy-" + year + ".csv").body(table(lines).csv()));
    }

    @GetMapping(path = "/xlsx", produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    @Access(scope = "subsidy.decide", roles = {"district", "city", "finance", "auditor"})
    @Operation(operationId = "downloadYearReportXlsx", summary = "下载年度资金报表（XLSX）", description = "内容与 getYearReport 相同，供电子表格软件使用。")
    Mono<ResponseEntity<byte[]>> xlsx(
            @Parameter(description = "预算年度", example = "2026") @RequestParam("year") @Min(value = 2018, message = "年度应在 2018 至 2100 之间") @Max(value = 2100, message = "年度应在 2018 至 2100 之间") int year,
            Caller caller) {
        return lines(year, caller)
                .flatMap(lines -> Mono.fromCallable(table(lines)::xlsx).subscribeOn(Schedulers.boundedElastic()))
                .map(bytes -> file("subsidy-" + year + ".xlsx").body(bytes));
    }

    private Mono<List<ReportLine>> lines(int year, Caller caller) {
        return reports.lines(year, area(caller, settings));
    }

    private static ReportTable table(List<ReportLine> lines) {
        return new ReportTable(ReportLine.HEAD, lines.stream().map(ReportLine::cells).toList());
    }

    /** What the caller may see; null: the whole city. */
    static @Nullable String area(Caller caller, SubsidySettings settings) {
        boolean all = caller.hasRole("auditor") || caller.isOf(settings.cityCode());
        return all ? null : String.valueOf(caller.org());
    }

    static ResponseEntity.BodyBuilder file(String name) {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }
}
