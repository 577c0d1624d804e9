package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
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
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1")
@Tag(name = "价格监测", description = "零售价与中选价的比较，供医保部门复核")
class CaseController {

    private static final UUID LAST = new UUID(-1, -1);

    private final PriceCases cases;
    private final DecideCase decide;
    private final Parties parties;
    private final Idempotency idempotency;

    CaseController(PriceCases cases, DecideCase decide, Parties parties, Idempotency idempotency) {
        this.cases = cases;
        this.decide = decide;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @GetMapping("/price-cases/{priceCaseId}")
    @Access(scope = "pharmacy.decide", roles = {"district", "city", "admin", "auditor"})
    @Operation(operationId = "getPriceCase", summary = "查看价格复核", description = "区县只看到本区县的机构；ETag 用于结案。")
    Mono<ResponseEntity<PriceCase>> get(Caller caller,
            @Parameter(description = "复核编号") @PathVariable UUID priceCaseId) {
        return cases.find(PriceCases.Viewer.office(caller), priceCaseId).switchIfEmpty(missing())
                .map(CaseController::tagged);
    }

    @PostMapping("/price-cases/{priceCaseId}/closure")
    @Access(scope = "pharmacy.decide", roles = {"district", "city", "admin"})
    @Operation(operationId = "closePriceCase", summary = "价格复核结案", description = "由医保部门结案并说明；企业未说明的也可以结案。")
    Mono<ResponseEntity<PriceCase>> close(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "复核编号") @PathVariable UUID priceCaseId, @RequestBody Closure closure) {
        return idempotency.execute(key, closure, () -> decide
                .close(caller, priceCaseId, seen, closure.outcome(), closure.note()).map(CaseController::tagged));
    }

    @GetMapping("/own-price-cases")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy"})
    @Operation(operationId = "listOwnPriceCases", summary = "本企业门店（本机构）的价格复核", description = "新的在前。")
    Mono<Page<PriceCase>> own(Caller caller, PageRequest page) {
        UUID before = before(page);
        return parties.seller(caller)
                .flatMap(
                        seller -> cases.list(PriceCases.Viewer.seller(seller), before, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, c -> List.of(c.priceCaseId().toString())));
    }

    @GetMapping("/own-price-cases/{priceCaseId}")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy"})
    @Operation(operationId = "getOwnPriceCase", summary = "查看本企业门店的价格复核", description = "ETag 用于提交说明。")
    Mono<ResponseEntity<PriceCase>> getOwn(Caller caller,
            @Parameter(description = "复核编号") @PathVariable UUID priceCaseId) {
        return parties.seller(caller)
                .flatMap(seller -> cases.find(PriceCases.Viewer.seller(seller), priceCaseId)).switchIfEmpty(missing())
                .map(CaseController::tagged);
    }

    @PostMapping("/own-price-cases/{priceCaseId}/answer")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "answerPriceCase", summary = "就价格复核提交说明", description = "由门店所属企业说明，没有所属企业的医院、诊所由本机构说明；一次为准。")
    Mono<ResponseEntity<PriceCase>> answer(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "复核编号") @PathVariable UUID priceCaseId, @RequestBody CaseAnswer answer) {
        return idempotency.execute(key, answer,
                () -> decide.answer(caller, priceCaseId, seen, answer.answer()).map(CaseController::tagged));
    }

    private static Mono<PriceCase> missing() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个价格复核"));
    }

    private static ResponseEntity<PriceCase> tagged(PriceCase found) {
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(found);
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(name = "PriceCaseAnswer", description = "企业的说明")
    record CaseAnswer(
            @Schema(description = "说明", example = "系统录入错误，已于今日更正为中选价") @NotBlank @Size(max = 1000) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String answer) {
    }

    @Schema(name = "PriceCaseClosure", description = "结案")
    record Closure(@Schema(description = "结果：已调整、说明成立、移送", allowableValues = {
            "corrected", "explained",
            "referred"}, example = "corrected") @NotNull @Pattern(regexp = "corrected|explained|referred", message = "只能是 corrected、explained、referred 之一") String outcome,
            @Schema(description = "结案说明", example = "门店已按中选价销售") @NotBlank @Size(max = 1000) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String note) {
    }
}
