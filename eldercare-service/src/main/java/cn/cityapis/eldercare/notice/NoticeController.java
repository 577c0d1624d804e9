package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** 第二十七条: the monthly notices, for everybody. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}/notices")
@Tag(name = "轮候公示", description = "每月公示的轮候名单：发布后不再改变，可校验")
class NoticeController {

    private static final String MONTH = "\\d{4}-(0[1-9]|1[0-2])";
    private static final int LINES_AT_ONCE = 500;

    private final RuleBooks books;
    private final PublicNotices notices;
    private final Homes homes;
    private final CheckNotices check;

    NoticeController(RuleBooks books, PublicNotices notices, Homes homes, CheckNotices check) {
        this.books = books;
        this.notices = notices;
        this.homes = homes;
        this.check = check;
    }

    @Schema(description = "一期公示与其中的一页")
    record NoticeView(@Schema(description = "公示") PublicNotice notice,
            @Schema(description = "按轮候次序的各行") List<NoticeLine> items,
            @Schema(description = "下一页的游标；没有下一页时不出现") @Nullable String nextCursor,
            @Schema(description = "依据") Citation basis) {
    }

    @GetMapping
    @Access(scope = "eldercare.read", goodForAllSeconds = 2)
    @Operation(operationId = "listNotices", summary = "一家机构各月的轮候公示", description = "最近的在前（第二十七条）。")
    Mono<Page<PublicNotice>> list(@PathVariable("homeId") UUID homeId, PageRequest page) {
        return homes.get(homeId)
                .flatMap(home -> notices.page(homeId, page.isFirst() ? null : page.after().getFirst(),
                        page.rowsToRead()))
                .map(rows -> Page.of(rows, page, notice -> List.of(notice.month())));
    }

    @GetMapping("/{month}")
    @Access(scope = "eldercare.read", goodForAllSeconds = 2)
    @Operation(operationId = "getNotice", summary = "一期轮候公示", description = "只含次序、排队号、通道、申请月份和姓氏（第二十七条）。")
    Mono<NoticeView> get(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "月份", example = "2026-11") @PathVariable("month") @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") String month,
            PageRequest page) {
        int after = place(page);
        return find(homeId, month).flatMap(notice -> notices.lines(homeId, month, after, page.rowsToRead())
                .map(rows -> Page.of(rows, page, line -> List.of(String.valueOf(line.place()))))
                .zipWith(books.current(),
                        (lines, book) -> new NoticeView(notice, lines.items(), lines.nextCursor(), book.cite(27))));
    }

    @GetMapping(path = "/{month}/csv", produces = "text/csv;charset=UTF-8")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "downloadNotice", summary = "下载一期公示（CSV）", description = "文件的 SHA-256 即公示的摘要。")
    Mono<ResponseEntity<Flux<String>>> csv(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "月份", example = "2026-11") @PathVariable("month") @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") String month) {
        return homes.get(homeId).flatMap(home -> find(homeId, month).map(notice -> ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(home.code() + "-" + month + ".csv").build().toString())
                .body(Flux.concat(
                        Mono.just(NoticeCsv.head(home, month, notice.publishedAt(), notice.previousDigest())),
                        chunks(notices.lines(homeId, month).map(NoticeCsv::line))))));
    }

    @GetMapping(path = "/{month}/page", produces = "text/html;charset=UTF-8")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "printNotice", summary = "一期公示的打印页（A4）", description = "供张贴。")
    Mono<ResponseEntity<Flux<String>>> page(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "月份", example = "2026-11") @PathVariable("month") @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") String month) {
        return homes.get(homeId).flatMap(home -> find(homeId, month).map(notice -> ResponseEntity.ok()
                .body(Flux.concat(Mono.just(NoticePage.head(home, notice)),
                        chunks(notices.lines(homeId, month).map(NoticePage::line)),
                        Mono.just(NoticePage.foot(home, notice))))));
    }

    @GetMapping("/{month}/line")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "findOwnNoticeLine", summary = "凭查询码找到自己的一行", description = "查询码只有申请人本人可见；不对应任何一行时为 404。")
    Mono<NoticeLine> own(@PathVariable("homeId") UUID homeId,
            @Parameter(description = "月份", example = "2026-11") @PathVariable("month") @Pattern(regexp = MONTH, message = "应为月份，如 2026-11") String month,
            @Parameter(description = "查询码", example = "5F0C9A7BE1D2") @RequestParam("code") @Pattern(regexp = "[0-9A-F]{12}", message = "应为 12 位查询码") String code) {
        return notices.byCode(homeId, month, code)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    @GetMapping("/check")
    @Access(scope = "eldercare.decide", roles = {"district", "city", "auditor"})
    @Operation(operationId = "checkNotices", summary = "校验各期公示未被改动", description = "由存储的各行重新计算每期摘要，并核对与上期的衔接。")
    Mono<CheckNotices.Report> check(@PathVariable("homeId") UUID homeId) {
        return homes.get(homeId).flatMap(check::of);
    }

    private Mono<PublicNotice> find(UUID home, String month) {
        return notices.find(home, month)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    private static Flux<String> chunks(Flux<String> lines) {
        return lines.buffer(LINES_AT_ONCE).map(some -> String.join("", some));
    }

    private static int place(PageRequest page) {
        try {
            return page.isFirst() ? 0 : Integer.parseInt(page.after().getFirst());
        } catch (NumberFormatException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
