package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Detached;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.paper.Paper;
import cn.cityapis.subsidy.paper.PaperFile;
import cn.cityapis.subsidy.paper.PaperRules;
import cn.cityapis.subsidy.paper.SealedPapers;
import cn.cityapis.subsidy.scheme.Process;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The papers of an application: its owner hands them in while it is open to change, its reviewers read them. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}/papers")
@Tag(name = "补贴申请")
class ApplicationPapersController {

    private final SealedPapers papers;
    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final DraftForm form;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Audit audit;

    ApplicationPapersController(SealedPapers papers, ApplicationReader reader, ApplicationAccess access, DraftForm form,
            Idempotency idempotency, TransactionalOperator transaction, Audit audit) {
        this.papers = papers;
        this.reader = reader;
        this.access = access;
        this.form = form;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.audit = audit;
    }

    @Schema(description = "一份申请的电子材料")
    record ApplicationPapers(@Schema(description = "方案接受的各类材料") List<Process.Paper> kinds,
            @Schema(description = "已上传的材料，先传的在前") List<Paper> papers,
            @Schema(description = "已提交过、后被替换的材料：留作审核记录，不计入份数") List<Paper> superseded) {
    }

    @PostMapping(consumes = {"application/pdf", "image/jpeg", "image/png"})
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "uploadPaper", summary = "上传一份申请材料", description = "草稿和待补正的申请，限本人。PDF、JPEG 或 PNG，按文件内容识别类型，最大 5 MiB，每份申请最多 20 份；加密保存。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = {
            @Content(mediaType = "application/pdf", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary"))}), responses = @ApiResponse(responseCode = "201", description = "已保存", useReturnTypeSchema = true))
    Mono<ResponseEntity<Paper>> upload(@Parameter(description = "申请编号") @PathVariable UUID id,
            @Parameter(description = "类别，见本申请材料列表的 kinds", example = "material-1") @RequestParam("kind") @Size(max = 40, message = "没有这类材料") String kind,
            IdempotencyKey key, Caller caller, @RequestBody Flux<DataBuffer> body) {
        return reader.get(id).map(found -> access.owned(found, caller)).then(PaperFile.read(body)).flatMap(content -> {
            String type = PaperFile.mediaType(content)
                    .orElseThrow(() -> ProblemException.of(SubsidyProblem.FILE_TYPE_NOT_ACCEPTED));
            String sha256 = HexFormat.of().formatHex(Csv.sha256(content));
            return idempotency.execute(key, sha256, () -> open(id, caller).flatMap(found -> requireRoom(found, kind))
                    .then(Mono.defer(() -> papers.insert(id, kind, type, content)))
                    .flatMap(paper -> audited(caller, "upload-paper", id, paper).thenReturn(paper))
                    .map(paper -> ResponseEntity.status(HttpStatus.CREATED).body(paper)));
        });
    }

    /** Whoever holds the application counts alone. */
    private Mono<Void> requireRoom(Application application, String kind) {
        if (!PaperRules.takes(form.scheme(application).process(), kind)) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "本方案没有这类材料",
                    List.of(new Violation("?kind", "unknown", "本方案没有类别为 " + kind + " 的材料")));
        }
        return papers.of(application.id()).doOnNext(all -> PaperFile.requireRoom(all.size())).then();
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listPapers", summary = "列出一份申请的材料", description = "方案接受的各类材料（required 的须在提交前上传）和已上传的各份；superseded 为已提交过、后被替换的各份。本人，以及提交后的所在区市和市级经办人员可以读取。")
    Mono<ApplicationPapers> list(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.ofPapers(found, caller))
                .flatMap(found -> Mono.zip(papers.of(id), papers.superseded(id),
                        (all, superseded) -> new ApplicationPapers(form.scheme(found).process().paperKinds(), all,
                                superseded)));
    }

    @GetMapping(path = "/{paperId}", produces = {"application/pdf", "image/jpeg", "image/png"})
    @Access(scope = "subsidy.read")
    @Operation(operationId = "downloadPaper", summary = "下载一份申请材料", description = "按上传时的类型（PDF、JPEG 或 PNG）返回文件本身。本人，以及提交后的所在区市和市级经办人员可以读取；经办人员每次查看都记入审计。")
    Mono<ResponseEntity<byte[]>> download(@Parameter(description = "申请编号") @PathVariable UUID id,
            @Parameter(description = "材料编号") @PathVariable UUID paperId, Caller caller) {
        return reader.get(id).map(found -> access.ofPapers(found, caller))
                .flatMap(found -> papers.read(id, paperId).flatMap(content -> seen(found, paperId, caller)
                        .thenReturn(ResponseEntity.ok()
                                .contentType(MediaType.parseMediaType(PaperFile.mediaType(content).orElseThrow()))
                                .header("X-Content-Type-Options", "nosniff").body(content))))
                .as(transaction::transactional);
    }

    private Mono<Void> seen(Application application, UUID paper, Caller caller) {
        return access.isOwner(application, caller)
                ? Mono.empty()
                : audit.record(caller, "read-personal-data", "application", application.id().toString(),
                        Map.of("paperId", paper));
    }

    @DeleteMapping("/{paperId}")
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "deletePaper", summary = "删除一份申请材料", description = "草稿和待补正的申请，限本人。已经提交过的材料不删除，移入 superseded 留作审核记录，经办人员仍可读取。")
    @ApiResponse(responseCode = "204", description = "已删除")
    Mono<ResponseEntity<Void>> delete(@Parameter(description = "申请编号") @PathVariable UUID id,
            @Parameter(description = "材料编号") @PathVariable UUID paperId, Caller caller) {
        return open(id, caller).flatMap(found -> papers.takeBack(id, paperId))
                .flatMap(paper -> audited(caller, paper.supersededAt() == null ? "delete-paper" : "supersede-paper", id,
                        paper))
                .thenReturn(ResponseEntity.noContent().<Void>build())
                .as(transaction::transactional).as(Detached::run);
    }

    private Mono<Application> open(UUID id, Caller caller) {
        return reader.lock(id).map(found -> access.owned(found, caller)).doOnNext(found -> {
            if (found.state() != ApplicationState.DRAFT && found.state() != ApplicationState.SUPPLEMENT) {
                throw SubmitApplication.wrongState(found);
            }
        });
    }

    private Mono<Void> audited(Caller caller, String action, UUID application, Paper paper) {
        return audit.record(caller, action, "application", application.toString(),
                Map.of("paperId", paper.id(), "kind", paper.kind(), "sha256", paper.sha256()));
    }
}
