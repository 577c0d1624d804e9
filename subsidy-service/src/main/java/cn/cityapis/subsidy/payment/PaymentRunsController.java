package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.platform.web.WholeBody;
import cn.cityapis.subsidy.SubsidyProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The runs: the bank's file out, its reply in. */
@RestController
@RequestMapping("/api/subsidy/v1/payment-runs")
@Tag(name = "发放", description = "发放批次、银行文件与回盘、对账单")
class PaymentRunsController {

    /** Largest reply taken. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final MakeBankFile files;
    private final AnswerRun answers;
    private final MoneyAccess access;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Audit audit;

    PaymentRunsController(PaymentRuns runs, PaymentItems items, MakeBankFile files, AnswerRun answers,
            MoneyAccess access, Idempotency idempotency, TransactionalOperator transaction, Audit audit) {
        this.runs = runs;
        this.items = items;
        this.files = files;
        this.answers = answers;
        this.access = access;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.audit = audit;
    }

    @Schema(name = "NewRetryRefusal", description = "退回单笔重发")
    record NewRefusal(
            @Schema(description = "原因", example = "更正的账号与本人提供的不一致") @NotBlank(message = "请填写原因") @Size(max = 200, message = "原因最多 200 字") @Nullable String reason) {
    }

    @GetMapping
    @Access(scope = "subsidy.read", roles = {"finance", "auditor"})
    @Operation(operationId = "listPaymentRuns", summary = "列出发放批次", description = "按创建先后排序，可按状态和发放的月份筛选。一个月的各笔集中在尽量少的批次中。")
    Mono<Page<PaymentRun>> list(
            @Parameter(description = "只列出此状态的批次", example = "file-made") @RequestParam(required = false) @Size(max = 30, message = "没有这种状态") @Nullable String state,
            @Parameter(description = "只列出含这个月发放的批次", example = "2026-11") @RequestParam(required = false) @Size(max = 7, message = "月份应为 yyyy-MM") @Nullable String month,
            PageRequest page, Caller caller) {
        access.require(caller);
        return runs.list(RunFilter.state(state), RunFilter.month(month), page)
                .map(rows -> Page.of(rows, page, row -> List.of(row.id().toString())));
    }

    @GetMapping("/{runId}")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor"})
    @Operation(operationId = "getPaymentRun", summary = "读取一个发放批次", description = "批次的类别、笔数、总额（分）和状态；digest 用于核对银行收到的文件。返回的 ETag 用于以后的操作。")
    Mono<ResponseEntity<PaymentRun>> get(@Parameter(description = "批次编号") @PathVariable("runId") UUID id,
            Caller caller) {
        access.require(caller);
        return runs.get(id).map(PaymentRunsController::answer);
    }

    @GetMapping("/{runId}/items")
    @Access(scope = "subsidy.read", roles = {"finance", "auditor"})
    @Operation(operationId = "listPaymentItems", summary = "列出批次中的各笔", description = "收款人和账号已脱敏。")
    Mono<Page<PaymentItem.View>> items(@Parameter(description = "批次编号") @PathVariable("runId") UUID id,
            PageRequest page,
            Caller caller) {
        access.require(caller);
        return runs.get(id).then(Mono.defer(() -> items.page(id, page)))
                .map(rows -> Page.of(rows.stream().map(PaymentItem::view).toList(), page,
                        row -> List.of(row.id().toString())));
    }

    @GetMapping(path = "/{runId}/bank-file", produces = "text/csv;charset=UTF-8")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "downloadBankFile", summary = "下载银行文件（CSV）", description = """
            登记送交（sendings）之后才能下载：文件只含送交时仍应发放的各笔。首行为批次编号、笔数、总额（元）；其后每笔一行。同一批次的文件任何时候都逐字节相同，摘要（SHA-256）见响应头 Repr-Digest 和批次的
            digest。含收款人姓名和账号，每次下载都记入审计。""")
    Mono<ResponseEntity<byte[]>> bankFile(@Parameter(description = "批次编号") @PathVariable("runId") UUID id,
            Caller caller) {
        access.require(caller);
        return runs.get(id).flatMap(run -> {
            if (!PaymentRunRules.isWithTheBank(run.state())) {
                throw AnswerRun.wrongState(run);
            }
            return items.of(id).map(of -> files.file(run, of))
                    .flatMap(file -> audit.record(caller, "download-bank-file", "payment-run", id.toString(),
                            Map.of("digest", file.digestHex(), "items", run.items())).thenReturn(file));
        }).as(transaction::transactional).map(file -> ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                        .filename("payment-run-" + id + ".csv").build().toString())
                .header("Repr-Digest",
                        "sha-256=:" + java.util.Base64.getEncoder().encodeToString(file.digest()) + ":")
                .body(file.bytes()));
    }

    @PostMapping("/{runId}/sendings")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "sendPaymentRun", summary = "送交前复核并放行银行文件", description = """
            按此刻的申请状态和当月事实逐笔复核：已暂停发放的剔除，恢复后重新审核；已全部追回或当月已不满足发放条件的剔除并停发。剔除的各笔见
            takenOut，款项退回承诺或预算，文件按余下各笔重新生成，随后可以下载并交给银行；一笔不剩的批次撤销（cancelled）。送交之后的
            暂停和追回不影响已放行的各笔。单笔重发须由下单人以外的人送交；更正的收款账号自此成为申请的收款账号，并通知申请人。""")
    Mono<ResponseEntity<PaymentRun>> send(@Parameter(description = "批次编号") @PathVariable("runId") UUID id,
            IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        access.require(caller);
        return change(id, key, null, ifMatch, run -> answers.send(run, caller)
                .then(Mono.defer(() -> runs.get(id)))
                .flatMap(sent -> audit.record(caller, "send-payment-run", "payment-run", id.toString(),
                        Map.of("digest", String.valueOf(sent.digest()), "totalFen", sent.totalFen(), "takenOut",
                                sent.takenOut().size()))));
    }

    @PostMapping("/{runId}/refusals")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "refusePaymentRetry", summary = "退回未送交的单笔重发", description = "复核不通过，例如更正的账号有误：该批次撤销，更正的账号作废，这一笔回到失败待处理。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "账号不符", value = """
                    {"reason": "更正的账号与本人提供的不一致"}"""))))
    Mono<ResponseEntity<PaymentRun>> refuse(@Parameter(description = "批次编号") @PathVariable("runId") UUID id,
            @RequestBody NewRefusal body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        access.require(caller);
        String reason = String.valueOf(body.reason());
        return change(id, key, body, ifMatch, run -> answers.refuse(run, reason, caller)
                .then(Mono.defer(() -> audit.record(caller, "refuse-payment-retry", "payment-run", id.toString(),
                        Map.of("reason", reason)))));
    }

    @PostMapping(path = "/{runId}/replies", consumes = "text/csv")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "enterBankReply", summary = "登记银行回盘（CSV）", description = """
            首行 batch,批次编号,文件摘要；次行为栏名；其后每笔一行：line,item,amount,result,reason,reference，result 为 success 或 failed。
            须与送出的文件逐行相符，否则整份拒绝并一次列出全部不符之处（bank-reply-mismatch）。银行可以分几次回盘：未列出的各笔仍待回盘，批次仍为
            已送银行；此前已登记的行可以再次列出，但结果须相同。同一份回盘再次登记不会重复入账。到账后又退回的，见 returnPayment。""", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary"))))
    Mono<ResponseEntity<PaymentRun>> reply(@Parameter(description = "批次编号") @PathVariable("runId") UUID id,
            IfMatch ifMatch, IdempotencyKey key, Caller caller, @RequestBody Flux<DataBuffer> body) {
        access.require(caller);
        return WholeBody.read(body, MOST_BYTES, SubsidyProblem.FILE_TOO_LARGE, "回盘文件不能超过 8 MiB").flatMap(content -> {
            String digest = HexFormat.of().formatHex(cn.cityapis.subsidy.csv.Csv.sha256(content));
            return change(id, key, digest, ifMatch, run -> answers.reply(run, content, caller.subject())
                    .then(audit.record(caller, "enter-bank-reply", "payment-run", id.toString(),
                            Map.of("replyDigest", digest))));
        });
    }

    private Mono<ResponseEntity<PaymentRun>> change(UUID id, IdempotencyKey key,
            @Nullable Object body,
            IfMatch ifMatch, Function<PaymentRun, Mono<Void>> effect) {
        return idempotency.execute(key, body, () -> runs.lock(id).flatMap(run -> {
            ifMatch.require(run.version());
            return effect.apply(run);
        }).then(Mono.defer(() -> runs.get(id))).map(PaymentRunsController::answer));
    }

    static ResponseEntity<PaymentRun> answer(PaymentRun run) {
        return ResponseEntity.ok().header(HttpHeaders.ETAG, ETags.of(run.version())).body(run);
    }

}
