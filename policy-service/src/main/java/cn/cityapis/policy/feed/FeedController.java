package cn.cityapis.policy.feed;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

import cn.cityapis.platform.web.QueryDate;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.document.Tagged;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
@RequestMapping("/api/policy/v1")
@Tag(name = "订阅与下载", description = "新收录和更新的文件（Atom），全部文件一次下载（NDJSON）")
class FeedController {

    private static final MediaType ATOM = MediaType.parseMediaType("application/atom+xml;charset=UTF-8");

    private final NewDocuments documents;
    private final Bulk bulk;

    FeedController(NewDocuments documents, Bulk bulk) {
        this.documents = documents;
        this.bulk = bulk;
    }

    @GetMapping(path = "/feed", produces = MediaType.APPLICATION_ATOM_XML_VALUE)
    @Access(scope = "policy.read")
    @Operation(operationId = "getFeed", summary = "新收录、更新和效力有变化的文件", description = "Atom（RFC 4287），每份文件一条，最近有变化的在前；被废止、被延长有效期、版本被撤回或日期经核定也算变化，效力请再查 /documents/{id}/status；rel=\"next\" 指向下一页。带 If-None-Match 时没有变化答 304。用 since 接续上次：请给上次最新一条的 updated，此前两分钟内的会再给一次，以免遗漏同时存入的文件，按 id 和 updated 去重。")
    @ApiResponse(responseCode = "200", headers = @Header(name = "ETag", schema = @Schema(type = "string")), content = @Content(mediaType = MediaType.APPLICATION_ATOM_XML_VALUE, schema = @Schema(type = "string")))
    Mono<ResponseEntity<byte[]>> feed(
            @Parameter(description = "只要这一时刻及以后更新的", example = "2026-11-21T08:00:00+08:00", schema = @Schema(type = "string", format = "date-time")) @RequestParam(required = false) @Nullable String since,
            PageRequest page) {
        OffsetDateTime from = moment(since);
        if (!page.isFirst() && !NewDocuments.readable(page)) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        return documents.corpus().zipWith(documents.list(from, page)).publishOn(Schedulers.boundedElastic())
                .map(found -> Tagged.of(ATOM, AtomFeed.write(found.getT1(), since, page,
                        Page.of(found.getT2(), page, NewDocuments.Entry::key))));
    }

    @GetMapping(path = "/bulk", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Access(scope = "policy.read")
    @Operation(operationId = "downloadAll", summary = "下载全部文件", description = "NDJSON：每行一份文件的现行版本，含全部条目。内容是开始下载那一刻的状态；带 If-None-Match 时没有新版本答 304。下载中断时请重新开始。同时进行的下载过多时答 503。")
    @ApiResponse(responseCode = "200", headers = @Header(name = "ETag", schema = @Schema(type = "string")), content = @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(implementation = BulkDocument.class)))
    Mono<Void> bulk(ServerWebExchange exchange) {
        return bulk.download(exchange);
    }

    private static @Nullable OffsetDateTime moment(@Nullable String since) {
        try {
            return since == null ? null : QueryDate.moment(since.replace(' ', '+'));
        } catch (DateTimeParseException nonsense) {
            Violations wrong = new Violations();
            wrong.add("?since", "wrong-format", "应为带时区的时刻，如 2026-11-21T08:00:00+08:00");
            wrong.throwIfAny();
            return null;
        }
    }
}
