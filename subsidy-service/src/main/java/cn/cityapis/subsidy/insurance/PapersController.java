package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.paper.PaperFile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
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

/** What the lead insurer hands in: the papers of 第十一条, and the table of insured persons. */
@RestController
@RequestMapping("/api/subsidy/v1/insurance-filings/{filingId}")
@Tag(name = "高层次人才保险")
class PapersController {

    private static final Map<String, String> SCHEMES = Map.of("rd", "talent-insurance-rd", "personal",
            "talent-insurance-personal");
    private final Filings filings;
    private final Rounds rounds;
    private final Papers papers;
    private final InsuredRows insured;
    private final CheckYears years;
    private final FilingAccess access;
    private final SchemeCatalogue catalogue;
    private final Idempotency idempotency;
    private final Audit audit;

    PapersController(Filings filings, Rounds rounds, Papers papers, InsuredRows insured, CheckYears years,
            FilingAccess access, SchemeCatalogue catalogue, Idempotency idempotency, Audit audit) {
        this.filings = filings;
        this.rounds = rounds;
        this.papers = papers;
        this.insured = insured;
        this.years = years;
        this.access = access;
        this.catalogue = catalogue;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @PostMapping(path = "/files", consumes = {"application/pdf", "image/jpeg", "image/png"})
    @Access(scope = "subsidy.apply", roles = "insurer")
    @Operation(operationId = "uploadInsurancePaper", summary = "上传一份申报材料", description = "PDF、JPEG 或 PNG，按文件内容识别类型，最大 5 MiB，最多 20 份；加密保存。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = {
            @Content(mediaType = "application/pdf", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary"))}))
    Mono<ResponseEntity<Filing>> upload(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @Parameter(description = "类别", example = "policies") @RequestParam("kind") @Size(max = 20, message = "没有这种材料") @Pattern(regexp = "application|table|policies|payment-proof", message = "没有这种材料") String code,
            IfMatch ifMatch, IdempotencyKey key, Caller caller, @RequestBody Flux<DataBuffer> body) {
        Filing.PaperKind kind = Filing.PaperKind.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        return PaperFile.read(body).flatMap(content -> {
            String type = PaperFile.mediaType(content)
                    .orElseThrow(() -> ProblemException.of(SubsidyProblem.FILE_TYPE_NOT_ACCEPTED));
            return idempotency.execute(key, hex(content), () -> open(filingId, ifMatch, caller).flatMap(filing -> {
                PaperFile.requireRoom(filing.files().size());
                return papers.insert(filingId, kind, type, content, caller.subject())
                        .then(Mono.defer(() -> filings.move(filing, filing.state(), Filings.Change.NONE)))
                        .then(audit.record(caller, "upload-insurance-paper", "insurance-filing", filingId.toString(),
                                Map.of("kind", kind, "sha256", hex(content))));
            }).then(Mono.defer(() -> filings.get(filingId))).map(FilingsController::answer));
        });
    }

    @GetMapping(path = "/files/{fileId}", produces = {"application/pdf", "image/jpeg", "image/png"})
    @Access(scope = "subsidy.read", roles = {"insurer", "district", "city", "finance", "auditor"})
    @Operation(operationId = "downloadInsurancePaper", summary = "下载一份申报材料（每次查看均留痕）", description = "按上传时的类型（PDF、JPEG 或 PNG）返回文件本身。")
    Mono<ResponseEntity<byte[]>> download(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @Parameter(description = "材料编号") @PathVariable UUID fileId, Caller caller) {
        return access.readable(filingId, caller).flatMap(filing -> papers.read(filingId, fileId)
                .flatMap(content -> audit
                        .record(caller, "read-insurance-paper", "insurance-filing", filingId.toString(),
                                Map.of("fileId", fileId))
                        .thenReturn(ResponseEntity.ok()
                                .contentType(MediaType.parseMediaType(PaperFile.mediaType(content).orElseThrow()))
                                .header("X-Content-Type-Options", "nosniff").body(content))));
    }

    @PostMapping(path = "/rows", consumes = "text/csv")
    @Access(scope = "subsidy.apply", roles = "insurer")
    @Operation(operationId = "replaceInsuranceRows", summary = "提交保费补贴申请表（CSV，替换原有各行）", description = """
            每行一人：险种 kind（rd 或 personal）、姓名、公民身份号码、企业、保险单号、投保日期、实缴保费（元）、保险金额（元）及资格情况。
            逐行按已发布的方案核定补贴；已享受年数与本系统已批准的年度核对；有误的行一次全部列出，整表不予接受。""", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary"))))
    Mono<ResponseEntity<Filing>> rows(@Parameter(description = "申报编号") @PathVariable UUID filingId, IfMatch ifMatch,
            IdempotencyKey key, Caller caller, @RequestBody Flux<DataBuffer> body) {
        return PaperFile.read(body).flatMap(content -> idempotency.execute(key, hex(content),
                () -> open(filingId, ifMatch, caller).flatMap(filing -> rounds.get(filing.roundId())
                        .flatMap(round -> filings.replaceRows(filing, table(content, round)))
                        .onErrorMap(DataIntegrityViolationException.class, e -> refused(List.of(new Violation("/rows",
                                "repeated", "有人员或保险单已在本年度另一区市的申报中"))))
                        .then(Mono.defer(() -> years.check(filing)))
                        .then(Mono.defer(() -> filings.move(filing, filing.state(), Filings.Change.NONE)))
                        .then(audit.record(caller, "replace-insurance-rows", "insurance-filing", filingId.toString(),
                                Map.of("sha256", hex(content)))))
                        .then(Mono.defer(() -> filings.get(filingId))).map(FilingsController::answer)));
    }

    @GetMapping("/rows")
    @Access(scope = "subsidy.read", roles = {"insurer", "district", "city", "finance", "auditor"})
    @Operation(operationId = "listInsuranceRows", summary = "列出申请表的各行（每次查看均留痕）", description = "按行号排序：险种、企业、保单、保费、核定的补贴和申报的资格情况；姓名、公民身份号码已脱敏。区市看到本区市已申报的，市级看到全部已申报的，主承保机构看到自己的。")
    Mono<Page<InsuredRow>> list(@Parameter(description = "申报编号") @PathVariable UUID filingId, PageRequest page,
            Caller caller) {
        return access.readable(filingId, caller).flatMap(filing -> insured.page(filingId, page))
                .map(rows -> Page.of(rows, page, row -> List.of(Integer.toString(row.line()))))
                .flatMap(shown -> audit.record(caller, "read-insurance-rows", "insurance-filing", filingId.toString(),
                        Map.of("lines", shown.items().stream().map(InsuredRow::line).toList())).thenReturn(shown));
    }

    private List<TableRules.Row> table(byte[] content, Filing.Round round) {
        String text = Csv.decode(content)
                .orElseThrow(() -> refused(List.of(new Violation("/rows", "encoding", "应为 UTF-8 编码的 CSV"))));
        TableRules.Table table = TableRules.read(Csv.read(text), kind -> scheme(kind, round), round.opens(),
                round.closes());
        if (!table.wrong().isEmpty()) {
            throw refused(table.wrong());
        }
        return table.rows();
    }

    /** One version for the whole round, however late its table comes: that of its first day. */
    private Optional<CompiledScheme> scheme(String kind, Filing.Round round) {
        return Optional.ofNullable(SCHEMES.get(kind)).flatMap(id -> catalogue.find(id, round.opens()));
    }

    private static ProblemException refused(List<Violation> wrong) {
        return ProblemException.of(SubsidyProblem.TABLE_REFUSED, "申请表有 " + wrong.size() + " 处有误，整表未接受", wrong);
    }

    private Mono<Filing> open(UUID id, IfMatch ifMatch, Caller caller) {
        return access.ofInsurer(id, caller).doOnNext(filing -> {
            ifMatch.require(filing.version());
            FilingsController.requireOpen(filing);
        });
    }

    private static String hex(byte[] content) {
        return HexFormat.of().formatHex(Csv.sha256(content));
    }
}
