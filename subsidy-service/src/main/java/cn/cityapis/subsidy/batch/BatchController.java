package cn.cityapis.subsidy.batch;

import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many cases at once, streamed. A POST because of its body; it stores nothing, so it takes no Idempotency-Key. */
@RestController
@RequestMapping("/api/subsidy/v1/batch-evaluations")
@Tag(name = "批量测算", description = "免申即享：逐行给出个人或单位的事实，逐行得到各方案的结论")
class BatchController {

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);
    private static final String NDJSON_EXAMPLE = """
            {"id": "a-1", "facts": {"educationLevel": "doctor"}}
            {"id": "a-2", "applicantKind": "company", "facts": {"companyInCity": true}}""";

    private final EvaluateBatch evaluate;
    private final Clock clock;

    BatchController(EvaluateBatch evaluate, Clock clock) {
        this.evaluate = evaluate;
        this.clock = clock;
    }

    @PostMapping(consumes = {MediaType.APPLICATION_NDJSON_VALUE,
            BatchFormat.CSV_TYPE}, produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Access(scope = "subsidy.read")
    @Operation(operationId = "evaluateBatch", summary = "批量测算，边读边答", description = "每行一个个人或单位，每行一个结论，次序不变；读不懂的行按行号报告原因，其余照常测算；最后一行是汇总 summary。id 为调用方自己的编号，不能是身份证号。接收慢时读入随之放慢，数据量不限。不保存任何内容，因此不需要 Idempotency-Key。", requestBody = @RequestBody(required = true, content = {
            @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string"), examples = @ExampleObject(NDJSON_EXAMPLE)),
            @Content(mediaType = BatchFormat.CSV_TYPE, schema = @Schema(type = "string"), examples = @ExampleObject("id,educationLevel\na-1,doctor"))}))
    @ApiResponse(responseCode = "200", description = "逐行的结论", content = @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string")))
    Mono<Void> evaluate(
            @Parameter(description = "计算日期，缺省为今天", example = "2026-11-21") @RequestParam(required = false) @Nullable LocalDate asOf,
            ServerWebExchange exchange) {
        LocalDate day = asOf == null ? LocalDate.now(clock) : asOf;
        checkDay(day);
        ServerHttpResponse response = exchange.getResponse();
        Flux<byte[]> answers = evaluate.evaluate(exchange.getRequest().getBody(), format(exchange), day);
        // the first answer decides between a problem and 200
        return answers.switchOnFirst((first, all) -> {
            if (first.isOnError()) {
                return all.then();
            }
            response.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
            return response.writeWith(all.map(line -> response.bufferFactory().wrap(line)));
        }).then();
    }

    static void checkDay(LocalDate day) {
        Violations violations = new Violations();
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            violations.add("?asOf", "out-of-range", "计算日期应在 2000 年至 2099 年之间");
        }
        violations.throwIfAny();
    }

    static BatchFormat format(ServerWebExchange exchange) {
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        return type != null && "csv".equals(type.getSubtype()) ? BatchFormat.CSV : BatchFormat.NDJSON;
    }
}
