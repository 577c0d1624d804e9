package cn.cityapis.policy.load;

import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.text.SourceKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
@RequestMapping("/api/policy/v1/loads")
@Tag(name = "装载", description = "装载公报或单份文件的官方文本（管理员）")
class LoadController {

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /** The fields of the upload form, for the document. */
    @Schema(description = "上传的文件")
    record Upload(
            @Schema(type = "string", format = "binary", description = "一期公报或一份文件：纯文本、Markdown、HTML（UTF-8 或 GB18030）、DOCX 或 PDF，不超过 50 MB") String file) {
    }

    private final Loads loads;
    private final Idempotency idempotency;
    private final Audit audit;

    LoadController(Loads loads, Idempotency idempotency, Audit audit) {
        this.loads = loads;
        this.audit = audit;
        this.idempotency = idempotency;
    }

    @PostMapping(consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.TEXT_MARKDOWN_VALUE, MediaType.TEXT_HTML_VALUE,
            MediaType.APPLICATION_PDF_VALUE, DOCX, MediaType.MULTIPART_FORM_DATA_VALUE})
    @Access(scope = "policy.admin")
    @Operation(operationId = "createLoad", summary = "装载官方文本", description = "纯文本、Markdown、HTML、DOCX、PDF 均可，格式按内容识别，内容看不出时看 Content-Type 和文件名；无法读取的文件当即拒绝并说明原因。以后台任务进行：202 返回任务，随后查看进度与报告。同一内容再次装载不产生变化；更正后的文件成为新版本，旧版本仍可查阅。", requestBody = @RequestBody(required = true, content = {
            @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"), examples = @ExampleObject("某市人民政府公报\n\n2023年第1期（总第1期）\n…")),
            @Content(mediaType = MediaType.TEXT_MARKDOWN_VALUE, schema = @Schema(type = "string"), examples = @ExampleObject("# 关于……的通知\n\n…")),
            @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"), examples = @ExampleObject("<!doctype html><h1>关于……的通知</h1>…")),
            @Content(mediaType = MediaType.APPLICATION_PDF_VALUE, schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = DOCX, schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = MediaType.MULTIPART_FORM_DATA_VALUE, schema = @Schema(implementation = Upload.class))}))
    @ApiResponse(responseCode = "202", description = "已排队；Location 指向这次装载", useReturnTypeSchema = true)
    Mono<ResponseEntity<Load>> create(IdempotencyKey key, Caller caller, ServerWebExchange exchange) {
        return source(exchange).flatMap(SourceText::checked).publishOn(Schedulers.boundedElastic())
                .flatMap(source -> idempotency.execute(key, Map.of("name", source.name(), "sha256", source.hexHash()),
                        () -> loads.enqueue(source, caller.subject())
                                .flatMap(load -> audit.record(caller, "load", "policy-load", load.id().toString(),
                                        Map.of("sha256", source.hexHash())).thenReturn(load))
                                .map(LoadController::accepted)));
    }

    @GetMapping("/{id}")
    @Access(scope = "policy.admin")
    @Operation(operationId = "getLoad", summary = "一次装载的进度与报告", description = "warnings 列出原文中的疑点，如目录与正文文号不一致。")
    Mono<Load> load(@Parameter(description = "装载编号（UUID）：提交时返回的 id，也见 listLoads") @PathVariable UUID id) {
        return loads.find(id).switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.LOAD_NOT_FOUND)));
    }

    @PostMapping("/{id}/again")
    @Access(scope = "policy.admin")
    @Operation(operationId = "loadAgain", summary = "重新装载已装载过的内容", description = "升级之后，文件的条文、日期、关系和奖补可能读取得更准：以保存的原文重新读取。文字与现行版本相同而读取结果不同的，存为新的版本，不再通知订阅者；与旧版本或已撤回的版本相同的，不作改动。")
    @ApiResponse(responseCode = "202", description = "已排队；Location 指向新的这次装载", useReturnTypeSchema = true)
    Mono<ResponseEntity<Load>> again(IdempotencyKey key, Caller caller,
            @Parameter(description = "装载编号（UUID）：已完成或失败的一次装载") @PathVariable UUID id) {
        return idempotency.execute(key, Map.of("again", id), () -> loads.find(id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.LOAD_NOT_FOUND)))
                .flatMap(before -> loads.again(id, caller.subject()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.LOAD_NOT_REPEATABLE,
                        "尚未完成，或者当时没有读到内容")))
                .flatMap(load -> audit.record(caller, "load-again", "policy-load", load.id().toString(),
                        Map.of("again", id)).thenReturn(accepted(load))));
    }

    private static ResponseEntity<Load> accepted(Load load) {
        return ResponseEntity.accepted().location(URI.create("/api/policy/v1/loads/" + load.id())).body(load);
    }

    @GetMapping
    @Access(scope = "policy.admin")
    @Operation(operationId = "listLoads", summary = "全部装载", description = "从新到旧。")
    Mono<Page<Load>> list(PageRequest page) {
        if (!page.isFirst() && !readable(page)) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        return loads.list(page).map(rows -> Page.of(rows, page, Load::key));
    }

    private static boolean readable(PageRequest page) {
        try {
            return page.after().size() == 2 && OffsetDateTime.parse(page.after().get(0)).getYear() > 0
                    && page.after().get(1).matches("[0-9a-f-]{36}");
        } catch (DateTimeParseException forged) {
            return false;
        }
    }

    private static Mono<Source> source(ServerWebExchange exchange) {
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        if (type == null || !type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)) {
            return content("", type, exchange.getRequest().getBody());
        }
        return exchange.getMultipartData().flatMap(parts -> parts.getFirst("file") instanceof FilePart file
                ? content(file.filename(), file.headers().getContentType(), file.content())
                : Mono.error(ProblemException.of(CommonProblem.VALIDATION_FAILED, "缺少名为 file 的文件")));
    }

    private static Mono<Source> content(String name, @Nullable MediaType type, Flux<DataBuffer> body) {
        String told = UploadName.of(name, type == null ? "" : type.getType() + "/" + type.getSubtype());
        return PartsOfBody.of(body).map(parts -> new Source(told, SourceKind.OFFICIAL, parts));
    }
}
