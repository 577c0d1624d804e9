package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.ability.AbilityResult;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** 第二十三条: re-assessment while living in the home. */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}/resident-assessments")
@Tag(name = "能力评估")
class ResidentAssessmentController {

    private final RuleBooks books;
    private final AssessResident reassessing;
    private final Idempotency idempotency;
    private final Clock clock;

    ResidentAssessmentController(RuleBooks books, AssessResident reassessing, Idempotency idempotency, Clock clock) {
        this.books = books;
        this.reassessing = reassessing;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Schema(description = "在住期间再次评估的结果；MOVE 表示现住床位不再适合，由机构调整")
    record ResidentAssessment(@Schema(description = "申请编号") UUID applicationId, AbilityResult result,
            @Schema(description = "结论", example = "KEEP") AssessResident.Outcome outcome,
            @Schema(description = "依据") List<Citation> basis) {
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = "assessor")
    @Operation(operationId = "reassessResident", summary = "在住期间再次评估（第二十三条）", description = "身体状况明显变化时；给出新的等级和现住床位是否仍适合。评估机构不再能查看在住老年人的申请：If-Match 由提出评估的机构告知，不符时见 412 的 currentETag。")
    Mono<ResponseEntity<ResidentAssessment>> record(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody AssessmentRequest request) {
        return idempotency.execute(key, request,
                () -> reassessing.record(caller, id, ifMatch, request.findings(LocalDate.now(clock)))
                        .flatMap(done -> books.of(done.application().ruleBookId(), done.application().handedInOn())
                                .map(book -> ResponseEntity.status(HttpStatus.CREATED)
                                        .eTag(ETags.of(done.application().version()))
                                        .body(new ResidentAssessment(id, done.result(), done.outcome(),
                                                List.of(book.cite(17), book.cite(23)))))));
    }
}
