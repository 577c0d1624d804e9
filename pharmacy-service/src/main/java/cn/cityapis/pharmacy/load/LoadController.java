package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.Csv;
import cn.cityapis.pharmacy.table.Row;
import cn.cityapis.pharmacy.table.TableException;
import cn.cityapis.pharmacy.table.Uploads;
import cn.cityapis.pharmacy.table.Xlsx;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
@RequestMapping("/api/pharmacy/v1/catalogue-imports")
@Tag(name = "目录文件", description = "由医保部门以文件维护药品、中药饮片、耗材与试剂、中选结果、价格、约定采购量、机构、供货企业与参加的项目：先预览，再生效")
class LoadController {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int MOST_ROWS = 100_000;
    private static final UUID LAST = new UUID(-1, -1);

    private final Uploads uploads;
    private final LoadCatalogue load;
    private final CatalogueImports imports;
    private final Idempotency idempotency;

    LoadController(Uploads uploads, LoadCatalogue load, CatalogueImports imports, Idempotency idempotency) {
        this.uploads = uploads;
        this.load = load;
        this.imports = imports;
        this.idempotency = idempotency;
    }

    @PostMapping(consumes = {"text/csv", XLSX})
    @Access(scope = "pharmacy.admin", roles = {"city", "admin"})
    @Operation(operationId = "previewCatalogueImport", summary = "上传目录文件并预览", description = "CSV 或 XLSX，首行为列名（英文或中文），至多 100000 行、24 MiB。只预览，不改变目录：逐行给出新增、更正、相同、存疑或有问题。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = {
            @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary"))}), responses = @ApiResponse(responseCode = "201", description = "已预览", useReturnTypeSchema = true))
    Mono<ResponseEntity<CatalogueImport>> preview(Caller caller, IdempotencyKey key,
            @Parameter(description = "文件内容", example = "prices", schema = @Schema(type = "string", allowableValues = {
                    "drugs", "decoction_pieces", "consumables", "awards", "prices", "volumes", "institutions",
                    "suppliers",
                    "participations"})) @RequestParam String kind,
            @RequestBody Flux<DataBuffer> body) {
        ImportKind content = ImportKind.parse(kind)
                .orElseThrow(() -> wrong("?kind",
                        "只能是 drugs、decoction_pieces、consumables、awards、prices、volumes、institutions、suppliers、participations 之一"));
        return uploads.take(body, upload -> Mono.fromCallable(() -> rows(content, upload.bytes()))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(TableException.class,
                        e -> ProblemException.of(CommonProblem.VALIDATION_FAILED, String.valueOf(e.getMessage())))
                .flatMap(rows -> idempotency.execute(key, upload.sha256(),
                        () -> load.preview(caller, content, rows, upload.sha256()).map(made -> ResponseEntity
                                .created(URI.create("/api/pharmacy/v1/catalogue-imports/" + made.importId()))
                                .eTag(ETags.of(made.version())).body(made)))));
    }

    private static List<Row> rows(ImportKind kind, byte[] bytes) {
        List<Row> rows = Xlsx.looksLike(bytes) ? Xlsx.read(bytes, MOST_ROWS + 1) : Csv.read(bytes, MOST_ROWS + 1);
        LoadRules.heading(kind, rows);
        return rows;
    }

    @GetMapping
    @Access(scope = "pharmacy.admin", roles = {"city", "admin", "auditor"})
    @Operation(operationId = "listCatalogueImports", summary = "目录文件列表", description = "新的在前。")
    Mono<Page<CatalogueImport>> list(PageRequest page) {
        return imports.list(before(page), page.rowsToRead()).collectList()
                .map(rows -> Page.of(rows, page, row -> List.of(row.importId().toString())));
    }

    @GetMapping("/{importId}")
    @Access(scope = "pharmacy.admin", roles = {"city", "admin", "auditor"})
    @Operation(operationId = "getCatalogueImport", summary = "查看目录文件", description = "各类行数；ETag 用于生效。")
    Mono<ResponseEntity<CatalogueImport>> get(@Parameter(description = "编号") @PathVariable UUID importId) {
        return existing(importId).map(LoadController::tagged);
    }

    @GetMapping("/{importId}/lines")
    @Access(scope = "pharmacy.admin", roles = {"city", "admin", "auditor"})
    @Operation(operationId = "listCatalogueImportLines", summary = "目录文件的各行", description = "按行号；可只看一种处理结果。")
    Mono<Page<ImportLine>> lines(@Parameter(description = "编号") @PathVariable UUID importId,
            @Parameter(description = "处理结果", schema = @Schema(allowableValues = {"new", "correction", "unchanged",
                    "questioned", "bad"})) @RequestParam(required = false) @Nullable String verdict,
            PageRequest page) {
        Verdict only = verdict == null
                ? null
                : Arrays.stream(Verdict.values()).filter(v -> v.code().equals(verdict)).findFirst()
                        .orElseThrow(() -> wrong("?verdict", "只能是 new、correction、unchanged、questioned、bad 之一"));
        int after = after(page);
        return existing(importId)
                .flatMap(found -> imports.lines(importId, only, after, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, row -> List.of(Integer.toString(row.line()))));
    }

    @PostMapping("/{importId}/application")
    @Access(scope = "pharmacy.admin", roles = {"city", "admin"})
    @Operation(operationId = "applyCatalogueImport", summary = "使目录文件生效", description = "新增与更正的行一次写入，现有记录保留（约定采购量、机构、供货企业和参加的项目以最新的为准）；存疑的行须另行确认。预览之后目录有变动的，须重新预览。")
    Mono<ResponseEntity<CatalogueImport>> apply(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "编号") @PathVariable UUID importId, @RequestBody Application body) {
        return idempotency.execute(key, body, () -> load.apply(caller, importId, seen,
                Boolean.TRUE.equals(body.takeQuestioned())).map(LoadController::tagged));
    }

    private Mono<CatalogueImport> existing(UUID id) {
        return imports.find(id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个目录文件")));
    }

    private static ResponseEntity<CatalogueImport> tagged(CatalogueImport found) {
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(found);
    }

    private static ProblemException wrong(String pointer, String detail) {
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, detail,
                List.of(new Violation(pointer, "invalid-value", detail)));
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    private static int after(PageRequest page) {
        try {
            return page.isFirst() ? 0 : Integer.parseInt(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(name = "CatalogueApplication", description = "生效方式")
    record Application(
            @Schema(description = "存疑的行是否也采用", example = "false") @Nullable Boolean takeQuestioned) {
    }
}
