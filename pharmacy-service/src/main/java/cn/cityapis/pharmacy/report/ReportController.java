package cn.cityapis.pharmacy.report;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
@RequestMapping("/api/pharmacy/v1/quarterly-reports")
@Tag(name = "季度报告", description = "面向医疗机构的季度报告，发布后不再变动")
class ReportController {

    private final PublishReport publishReport;
    private final QuarterlyReports reports;
    private final Idempotency idempotency;

    ReportController(PublishReport publishReport, QuarterlyReports reports, Idempotency idempotency) {
        this.publishReport = publishReport;
        this.reports = reports;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Access(scope = "pharmacy.admin", roles = {"city", "admin"})
    @Operation(operationId = "publishQuarterlyReport", summary = "发布季度报告", description = "汇总并发布；发布后不再变动。更正时再次发布为新版次，须说明原因。", responses = @ApiResponse(responseCode = "201", description = "已发布", useReturnTypeSchema = true))
    Mono<ResponseEntity<QuarterlyReport>> publish(Caller caller, IdempotencyKey key, @RequestBody NewReport body) {
        return idempotency.execute(key, body,
                () -> publishReport.publish(caller, Quarter.parse(body.quarter()), body.reason())
                        .map(made -> ResponseEntity
                                .created(URI.create("/api/pharmacy/v1/quarterly-reports/" + made.reportId()))
                                .body(made)));
    }

    @GetMapping
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "listQuarterlyReports", summary = "季度报告列表", description = "新的在前。")
    Mono<Reports> list() {
        return reports.list().collectList().map(Reports::new);
    }

    @GetMapping("/{reportId}")
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getQuarterlyReport", summary = "查看季度报告", description = "按药品、采购方、区市。")
    Mono<QuarterlyReport> get(@Parameter(description = "报告编号") @PathVariable UUID reportId) {
        return existing(reportId);
    }

    @GetMapping(path = "/{reportId}/xlsx", produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "downloadQuarterlyReportXlsx", summary = "下载季度报告（XLSX）", description = "总表、按药品、按采购方、按区市四张表；金额为元。")
    Mono<ResponseEntity<byte[]>> xlsx(@Parameter(description = "报告编号") @PathVariable UUID reportId) {
        return existing(reportId).flatMap(report -> Mono.fromCallable(() -> ReportBook.xlsx(report))
                .subscribeOn(Schedulers.boundedElastic())
                .map(bytes -> ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename("pharmacy-" + report.quarter() + "-" + report.edition()
                                + ".xlsx").build().toString())
                        .body(bytes)));
    }

    @GetMapping(path = "/{reportId}/page", produces = "text/html;charset=UTF-8")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "showQuarterlyReportPage", summary = "季度报告网页（可打印）", description = "A4 版式，含图表，不引用外部资源。")
    Mono<ResponseEntity<String>> page(@Parameter(description = "报告编号") @PathVariable UUID reportId) {
        return existing(reportId).map(report -> ResponseEntity.ok()
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("X-Content-Type-Options", "nosniff").body(ReportPage.html(report)));
    }

    private Mono<QuarterlyReport> existing(UUID id) {
        return reports.find(id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这份季度报告")));
    }

    @Schema(name = "QuarterlyReportList", description = "季度报告")
    record Reports(@Schema(description = "已发布的季度报告") List<QuarterlyReport.Summary> items) {
    }

    @Schema(name = "NewQuarterlyReport", description = "要发布的季度")
    record NewReport(
            @Schema(description = "季度，须已结束", example = "2026-Q3") @NotNull @Pattern(regexp = Quarter.PATTERN, message = "应为季度，如 2026-Q3") String quarter,
            @Schema(description = "再次发布的原因；首次发布不必给", example = "补录一批验收") @Nullable @Size(min = 1, max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reason) {
    }
}
