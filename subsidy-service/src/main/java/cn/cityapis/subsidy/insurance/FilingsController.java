package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import cn.cityapis.subsidy.SubsidyProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A filing on its way: filed, in order, reviewed by two offices at two levels, transferred, paid to the insurer. */
@RestController
@RequestMapping("/api/subsidy/v1/insurance-filings")
@Tag(name = "高层次人才保险")
class FilingsController {

    private final Filings filings;
    private final FilingAccess access;
    private final StepFiling steps;
    private final StepPayment payment;
    private final TransactionalOperator transaction;
    private final Idempotency idempotency;

    FilingsController(Filings filings, FilingAccess access, StepFiling steps, StepPayment payment,
            TransactionalOperator transaction, Idempotency idempotency) {
        this.filings = filings;
        this.access = access;
        this.steps = steps;
        this.payment = payment;
        this.transaction = transaction;
        this.idempotency = idempotency;
    }

    @Schema(description = "材料是否合格")
    record PaperCheck(
            @Schema(description = "是否合格", example = "true") @NotNull(message = "请填写是否合格") @Nullable Boolean inOrder,
            @Schema(description = "不合格时：一次列出全部问题", example = "缺少两份保险单") @Size(max = 1000, message = "最多 1000 字") @Nullable String note) {
    }

    @Schema(description = "一个部门的审核意见")
    record NewOpinion(
            @Schema(description = "部门：finance 地方金融监管部门；talent 人才工作领导小组办公室。以令牌中的角色（finance、talent）为准，填写时须与其一致；只有一个部门的角色时可以不填", example = "finance") Filing.@Nullable Office office,
            @Schema(description = "是否通过", example = "true") @NotNull(message = "请填写结论") @Nullable Boolean passed,
            @Schema(description = "意见", example = "材料齐全，与名单一致") @NotBlank(message = "请填写意见") @Size(max = 1000, message = "意见最多 1000 字") @Nullable String comment) {
    }

    @Schema(description = "拨付承保机构")
    record NewPayment(
            @Schema(description = "银行流水号", example = "P202612010001") @NotBlank(message = "请填写银行流水号") @Size(max = 60, message = "流水号最多 60 位") @Pattern(regexp = "[A-Za-z0-9_-]*", message = "流水号只能是字母、数字、横线") @Nullable String bankReference) {
    }

    @Schema(name = "InsurerPaymentReturn", description = "银行退回的拨付")
    record NewReturn(
            @Schema(description = "退回款项的银行入账流水号", example = "R202612030001") @NotBlank(message = "请填写银行流水号") @Size(max = 60, message = "流水号最多 60 位") @Pattern(regexp = "[A-Za-z0-9_-]*", message = "流水号只能是字母、数字、横线") @Nullable String bankReference,
            @Schema(description = "原因", example = "户名不符") @NotBlank(message = "请填写原因") @Size(max = 200, message = "原因最多 200 字") @Nullable String reason) {
    }

    @Schema(name = "InsurerPaymentConfirmation", description = "对拨付的复核")
    record NewConfirmation(
            @Schema(description = "是否确已拨付", example = "true") @NotNull(message = "请填写结论") @Nullable Boolean confirmed,
            @Schema(description = "未拨付时的理由", example = "付款指令未发出") @Size(max = 200, message = "理由最多 200 字") @Nullable String reason) {
    }

    @Schema(name = "InsurerAccount", description = "承保机构收款账号（未脱敏）")
    record Payee(@Schema(description = "承保机构名称") String name,
            @Schema(description = "收款账号", example = "3700000000000000001") String bankAccount,
            @Schema(description = "是否已由录入人以外的人核对") boolean confirmed) {
    }

    @GetMapping
    @Access(scope = "subsidy.read", roles = {"insurer", "district", "city", "finance", "auditor"})
    @Operation(operationId = "listInsuranceFilings", summary = "列出保费补贴申报", description = "主承保机构看到自己的；区市看到本区市已申报的；市级看到全部已申报的。")
    Mono<Page<Filing>> list(PageRequest page, Caller caller) {
        boolean all = access.isCity(caller) || caller.hasRole("auditor");
        String lead = !all && caller.hasRole("insurer") ? String.valueOf(caller.org()) : null;
        String area = all || lead != null ? null : String.valueOf(caller.org());
        return filings.list(lead, area, Cursors.idAfter(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, row -> List.of(row.id().toString())));
    }

    @GetMapping("/{filingId}")
    @Access(scope = "subsidy.read", roles = {"insurer", "district", "city", "finance", "auditor"})
    @Operation(operationId = "getInsuranceFiling", summary = "读取一份保费补贴申报", description = "所处环节、各部门的意见和金额（分）。返回的 ETag 用于以后的操作。")
    Mono<ResponseEntity<Filing>> get(@Parameter(description = "申报编号") @PathVariable UUID filingId, Caller caller) {
        return access.readable(filingId, caller).map(FilingsController::answer);
    }

    @PostMapping("/{filingId}/submissions")
    @Access(scope = "subsidy.apply", roles = "insurer")
    @Operation(operationId = "fileInsuranceFiling", summary = "申报", description = "投保结束后 5 个工作日内（第十一条）；四类材料和人员表缺什么一次列出。逾期可以申报，但记为逾期。")
    Mono<ResponseEntity<Filing>> file(@Parameter(description = "申报编号") @PathVariable UUID filingId, IfMatch ifMatch,
            IdempotencyKey key, Caller caller) {
        return change(filingId, key, null, ifMatch, access.ofInsurer(filingId, caller),
                filing -> steps.file(filing, caller));
    }

    @PostMapping("/{filingId}/paper-checks")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "checkInsurancePapers", summary = "登记材料是否合格", description = "由区市登记合格，合格之日起 10 个工作日内提出初审意见（第十一条）；不合格则退回补正。初审、复审中发现问题的，由该级退回补正；重新申报后各部门重新出具意见。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "合格", value = """
                    {"inOrder": true}"""))))
    Mono<ResponseEntity<Filing>> check(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @RequestBody PaperCheck body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        boolean inOrder = Boolean.TRUE.equals(body.inOrder());
        String note = body.note() == null ? "" : body.note();
        if (!inOrder && note.isBlank()) {
            new cn.cityapis.platform.problem.Violations().add("/note", "missing", "请一次列出全部问题").throwIfAny();
        }
        return change(filingId, key, body, ifMatch,
                inOrder ? access.ofDistrict(filingId, caller) : access.ofReviewer(filingId, caller),
                filing -> inOrder ? steps.inOrder(filing, caller) : steps.giveBack(filing, note, caller));
    }

    @PostMapping("/{filingId}/opinions")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "reviewInsuranceFiling", summary = "审核意见", description = "区市、市级各由地方金融监管部门和人才工作领导小组办公室共同审核，四个意见由四人出具，部门以令牌中的角色（finance、talent）为准；同一级两个部门的意见都出具后才有结论：都通过则进入下一环节，都不通过为未通过，不一致则退回补正。市级两个意见都通过即批准并承诺两级资金。未通过的可以修改后重新申报。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "通过", value = """
                    {"office": "finance", "passed": true, "comment": "材料齐全，与名单一致"}"""))))
    Mono<ResponseEntity<Filing>> review(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @RequestBody NewOpinion body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(filingId, key, body, ifMatch, access.ofReviewer(filingId, caller),
                filing -> steps.opinion(filing, body.office(),
                        Boolean.TRUE.equals(body.passed()), String.valueOf(body.comment()), caller));
    }

    @PostMapping("/{filingId}/transfers")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "transferInsuranceFunds", summary = "市级资金拨付至区市", description = "第十一条。")
    Mono<ResponseEntity<Filing>> transfer(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(filingId, key, null, ifMatch, access.ofCity(filingId, caller),
                filing -> steps.transfer(filing, caller));
    }

    @PostMapping("/{filingId}/payments")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "payInsurer", summary = "登记区市连同本级资金拨付至承保机构账户", description = "第十一条：付至承保机构账户，不付给个人。由区市财务人员登记，另一人复核（confirmInsurerPayment）后入账；收款账号须已核对，见 readInsurerAccount。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "拨付", value = """
                    {"bankReference": "P202612010001"}"""))))
    Mono<ResponseEntity<Filing>> pay(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @RequestBody NewPayment body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(filingId, key, body, ifMatch, access.ofFinance(filingId, caller),
                filing -> payment.enter(filing, String.valueOf(body.bankReference()), caller));
    }

    @PostMapping("/{filingId}/payment-confirmations")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "confirmInsurerPayment", summary = "复核对承保机构的拨付", description = "由登记人以外的区市财务人员复核；确认后入账。未拨付的填写理由，退回登记前的状态。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "确认", value = """
                    {"confirmed": true}"""))))
    Mono<ResponseEntity<Filing>> confirm(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @RequestBody NewConfirmation body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        boolean confirmed = Boolean.TRUE.equals(body.confirmed());
        String reason = body.reason() == null ? "" : body.reason();
        if (!confirmed && reason.isBlank()) {
            new cn.cityapis.platform.problem.Violations().add("/reason", "missing", "请填写理由").throwIfAny();
        }
        return change(filingId, key, body, ifMatch, access.ofFinance(filingId, caller),
                filing -> confirmed ? payment.confirm(filing, caller) : payment.refuse(filing, reason, caller));
    }

    @PostMapping("/{filingId}/payment-returns")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "returnInsurerPayment", summary = "登记银行退回的拨付（退汇）", description = "已入账的拨付被银行退回：款项恢复为待拨付，可以再次登记拨付。一笔银行入账只登记一次。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "户名不符", value = """
                    {"bankReference": "R202612030001", "reason": "户名不符"}"""))))
    Mono<ResponseEntity<Filing>> returned(@Parameter(description = "申报编号") @PathVariable UUID filingId,
            @RequestBody NewReturn body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(filingId, key, body, ifMatch, access.ofFinance(filingId, caller),
                filing -> payment.cameBack(filing, String.valueOf(body.bankReference()),
                        String.valueOf(body.reason()), caller));
    }

    @GetMapping("/{filingId}/payee")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "readInsurerAccount", summary = "读取承保机构收款账号（未脱敏）", description = "供区市财务人员拨付；每次读取都记入审计。")
    Mono<Payee> payee(@Parameter(description = "申报编号") @PathVariable UUID filingId, Caller caller) {
        return access.ofFinance(filingId, caller).flatMap(filing -> payment.payee(filing, caller))
                .as(transaction::transactional);
    }

    private Mono<ResponseEntity<Filing>> change(UUID id, IdempotencyKey key, @Nullable Object body, IfMatch ifMatch,
            Mono<Filing> locked, Function<Filing, Mono<Void>> effect) {
        return idempotency.execute(key, body, () -> locked.flatMap(filing -> {
            ifMatch.require(filing.version());
            return effect.apply(filing);
        }).then(Mono.defer(() -> filings.get(id))).map(FilingsController::answer));
    }

    static ResponseEntity<Filing> answer(Filing filing) {
        return ResponseEntity.ok().header(HttpHeaders.ETAG, ETags.of(filing.version())).body(filing);
    }

    static void requireOpen(Filing filing) {
        if (!FilingRules.OPEN.contains(filing.state())) {
            throw ProblemException.of(SubsidyProblem.FILING_WRONG_STATE,
                    "申报目前为“" + filing.stateText() + "”，不能修改");
        }
    }
}
