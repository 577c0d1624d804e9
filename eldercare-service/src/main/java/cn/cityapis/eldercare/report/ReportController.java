package cn.cityapis.eldercare.report;

import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
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

/** 第七条: what the offices above the homes need to know. */
@RestController
@RequestMapping("/api/eldercare/v1/reports/waiting-list")
@Tag(name = "统计报表", description = "按机构、通道、月份的轮候情况，供区市民政部门使用；不含个人信息")
class ReportController {

    private static final String MONTH = "\\d{4}-(0[1-9]|1[0-2])";
    private static final int MOST_MONTHS = 24;

    private final RuleBooks books;
    private final Reports reports;
    private final Clock clock;

    ReportController(RuleBooks books, Reports reports, Clock clock) {
        this.books = books;
        this.reports = reports;
        this.clock = clock;
    }

    @Schema(description = "轮候情况报表")
    record Report(@Schema(description = "起始月份", example = "2026-01", type = "string") String from,
            @Schema(description = "截止月份", example = "2026-11", type = "string") String to,
            @Schema(description = "查询时间") Instant asOf, @Schema(description = "各行") List<ReportLine> items,
            @Schema(description = "依据") Citation basis) {
    }

    @GetMapping
    @Access(scope = "eldercare.decide", roles = {"district", "city", "auditor"})
    @Operation(operationId = "getWaitingListReport", summary = "轮候情况报表", description = "区市只见本区机构，市级见全部；默认最近 12 个月，最多 24 个月（第七条）。")
    Mono<Report> get(
            @Parameter(description = "起始月份", example = "2026-01") @RequestParam(name = "from", required = false) @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") @Nullable String from,
            @Parameter(description = "截止月份", example = "2026-11") @RequestParam(name = "to", required = false) @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") @Nullable String to,
            Caller caller) {
        Period period = period(from, to);
        return lines(period, caller).zipWith(books.current(),
                (lines, book) -> new Report(period.from().toString(), period.to().toString(), clock.instant(), lines,
                        book.cite(7)));
    }

    @GetMapping(path = "/csv", produces = "text/csv;charset=UTF-8")
    @Access(scope = "eldercare.decide", roles = {"district", "city", "auditor"})
    @Operation(operationId = "downloadWaitingListReportCsv", summary = "下载轮候情况报表（CSV）", description = "内容与 getWaitingListReport 相同：CSV，第一行为表头。")
    Mono<ResponseEntity<String>> csv(
            @Parameter(description = "起始月份", example = "2026-01") @RequestParam(name = "from", required = false) @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") @Nullable String from,
            @Parameter(description = "截止月份", example = "2026-11") @RequestParam(name = "to", required = false) @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") @Nullable String to,
            Caller caller) {
        Period period = period(from, to);
        return lines(period, caller).map(lines -> file(period, "csv").body(ReportTable.csv(lines)));
    }

    @GetMapping(path = "/xlsx", produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    @Access(scope = "eldercare.decide", roles = {"district", "city", "auditor"})
    @Operation(operationId = "downloadWaitingListReportXlsx", summary = "下载轮候情况报表（XLSX）", description = "内容与 getWaitingListReport 相同，供电子表格软件使用。")
    Mono<ResponseEntity<byte[]>> xlsx(
            @Parameter(description = "起始月份", example = "2026-01") @RequestParam(name = "from", required = false) @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") @Nullable String from,
            @Parameter(description = "截止月份", example = "2026-11") @RequestParam(name = "to", required = false) @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") @Nullable String to,
            Caller caller) {
        Period period = period(from, to);
        return lines(period, caller)
                .flatMap(lines -> Mono.fromCallable(() -> ReportTable.xlsx(lines))
                        .subscribeOn(Schedulers.boundedElastic()))
                .map(bytes -> file(period, "xlsx").body(bytes));
    }

    private record Period(YearMonth from, YearMonth to) {
    }

    private Period period(@Nullable String from, @Nullable String to) {
        YearMonth last = to == null ? YearMonth.now(clock) : YearMonth.parse(to);
        YearMonth first = from == null ? last.minusMonths(11) : YearMonth.parse(from);
        Violations violations = new Violations();
        if (last.isAfter(YearMonth.now(clock))) {
            violations.add("/to", "out-of-range", "不能晚于本月");
        }
        if (first.isAfter(last) || first.plusMonths(MOST_MONTHS).isBefore(last.plusMonths(1))) {
            violations.add("/from", "out-of-range", "应不晚于截止月份，且最多 " + MOST_MONTHS + " 个月");
        }
        violations.throwIfAny();
        return new Period(first, last);
    }

    private Mono<List<ReportLine>> lines(Period period, Caller caller) {
        boolean all = caller.hasRole("city") || caller.hasRole("auditor");
        return reports.homes(all ? null : String.valueOf(caller.org()))
                .flatMap(homes -> reports.movements(homes.stream().map(ReportRules.Place::id).toList(), period.from(),
                        period.to())
                        .map(movements -> ReportRules.lines(homes, period.from(), period.to(), movements)));
    }

    private static ResponseEntity.BodyBuilder file(Period period, String extension) {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename("waiting-list-" + period.from() + "-" + period.to() + "." + extension).build().toString());
    }
}
