package cn.cityapis.subsidy.batch;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.SubsidyProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lists that are decided in the background; an organisation sees its own. */
@RestController
@RequestMapping("/api/subsidy/v1/batch-jobs")
@Tag(name = "批量测算")
class BatchJobController {

    private final BatchJobs jobs;
    private final ReceiveBatch receive;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Clock clock;

    BatchJobController(BatchJobs jobs, ReceiveBatch receive, Idempotency idempotency, Audit audit, Clock clock) {
        this.jobs = jobs;
        this.receive = receive;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    @PostMapping(consumes = {MediaType.APPLICATION_NDJSON_VALUE, BatchFormat.CSV_TYPE})
    @Access(scope = "subsidy.decide", roles = {"city", "district"})
    @Operation(operationId = "createBatchJob", summary = "提交批量测算任务", description = "格式同批量测算。一个任务最多 2000000 行、1024 MiB（file-too-large），更多的请分成几个任务。全部接收后在后台测算，中断后自动继续；完成后可下载逐行结论，并可与以前的任务比较得出新符合条件的名单。", requestBody = @RequestBody(required = true, content = {
            @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string"), examples = @ExampleObject("{\"id\": \"a-1\", \"facts\": {\"educationLevel\": \"doctor\"}}")),
            @Content(mediaType = BatchFormat.CSV_TYPE, schema = @Schema(type = "string"), examples = @ExampleObject("id,educationLevel\na-1,doctor"))}))
    @ApiResponse(responseCode = "202", description = "已接收；Location 指向任务", useReturnTypeSchema = true)
    Mono<ResponseEntity<BatchJob>> create(
            @Parameter(description = "计算日期，缺省为今天", example = "2026-11-21") @RequestParam(required = false) @Nullable LocalDate asOf,
            IdempotencyKey key, Caller caller, ServerWebExchange exchange) {
        LocalDate day = asOf == null ? LocalDate.now(clock) : asOf;
        BatchController.checkDay(day);
        String org = String.valueOf(caller.org());
        return receive.receive(exchange.getRequest().getBody(), org, BatchController.format(exchange), day,
                caller.subject())
                .flatMap(received -> idempotency.execute(key, Map.of("sha256", received.digest(), "asOf", day),
                        () -> start(received, org, caller))
                        // a repeated call has stored its list once more
                        .flatMap(answer -> answer.getBody() instanceof BatchJob job && job.id().equals(received.job())
                                ? Mono.just(answer)
                                : jobs.delete(received.job()).thenReturn(answer))
                        .switchIfEmpty(Mono.defer(() -> jobs.delete(received.job()).then(Mono.empty())))
                        .onErrorResume(refused -> jobs.delete(received.job()).then(Mono.error(refused))));
    }

    private Mono<ResponseEntity<BatchJob>> start(ReceiveBatch.Received received, String org, Caller caller) {
        return jobs.received(received.job(), received.lines())
                .then(Mono.defer(() -> audit.record(caller, "create", "batch-job", received.job().toString(),
                        Map.of("lines", received.lines()))))
                .then(Mono.defer(() -> jobs.find(received.job(), org)))
                .map(job -> ResponseEntity.accepted().location(URI.create("/api/subsidy/v1/batch-jobs/" + job.id()))
                        .body(job));
    }

    @GetMapping
    @Access(scope = "subsidy.decide", roles = {"city", "district"})
    @Operation(operationId = "listBatchJobs", summary = "列出本单位的批量任务", description = "只列出与令牌中 org 相同的单位提交的任务。")
    Mono<Page<BatchJob>> list(PageRequest page, Caller caller) {
        return jobs.list(String.valueOf(caller.org()), page)
                .map(rows -> Page.of(rows, page, one -> List.of(one.id().toString())));
    }

    @GetMapping("/{batchId}")
    @Access(scope = "subsidy.decide", roles = {"city", "district"})
    @Operation(operationId = "getBatchJob", summary = "批量任务的进度", description = "总行数、已测算和有误的行数、百分比和状态；逐行结论用 downloadBatchOutcomes 下载。")
    Mono<BatchJob> get(@Parameter(description = "任务编号") @PathVariable("batchId") UUID id, Caller caller) {
        return found(id, caller);
    }

    @GetMapping(path = "/{batchId}/outcomes", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Access(scope = "subsidy.decide", roles = {"city", "district"})
    @Operation(operationId = "downloadBatchOutcomes", summary = "下载逐行结论", description = "NDJSON，次序与提交时相同；任务未完成时给出已完成的部分。")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string")))
    Mono<Void> outcomes(@Parameter(description = "任务编号") @PathVariable("batchId") UUID id, Caller caller,
            ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        return kept(id, caller).flatMap(job -> {
            response.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
            return response.writeWith(jobs.outcomes(id).map(RunBatchJobs::expanded).filter(json -> json.length > 0)
                    .map(json -> response.bufferFactory().wrap(json)));
        });
    }

    @GetMapping("/{batchId}/newly-entitled")
    @Access(scope = "subsidy.decide", roles = {"city", "district"})
    @Operation(operationId = "listNewlyEntitled", summary = "新符合条件的名单", description = "与本单位以前的一个任务比较：这次符合、那次不符合的，按编号排序。不给 before 时与上一个任务比较；没有上一个任务时全部都是新的。")
    Mono<Page<BatchJobs.Newly>> newly(@Parameter(description = "任务编号") @PathVariable("batchId") UUID id,
            @Parameter(description = "以前的任务编号") @RequestParam(required = false) @Nullable UUID before, PageRequest page,
            Caller caller) {
        if (!page.isFirst() && page.after().size() != 2) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        String org = String.valueOf(caller.org());
        return kept(id, caller).then(before == null
                ? jobs.previous(id, org)
                : Mono.defer(() -> kept(before, caller)).map(BatchJob::id))
                .flatMap(other -> jobs.newly(id, other, page))
                .map(rows -> Page.of(rows, page, one -> List.of(one.id(), one.schemeId())));
    }

    /** One whose lines are still there: to compare with nothing would tell everybody as new. */
    private Mono<BatchJob> kept(UUID id, Caller caller) {
        return found(id, caller).doOnNext(job -> {
            if (job.erasedAt() != null) {
                throw ProblemException.of(SubsidyProblem.BATCH_ERASED);
            }
        });
    }

    private Mono<BatchJob> found(UUID id, Caller caller) {
        return jobs.find(id, String.valueOf(caller.org()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个批量任务")));
    }
}
