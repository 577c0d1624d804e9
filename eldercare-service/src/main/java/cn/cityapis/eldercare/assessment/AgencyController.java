package cn.cityapis.eldercare.assessment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who may assess: read by the applicant who wants a re-check, written by the district (第十五条). */
@RestController
@RequestMapping("/api/eldercare/v1/assessment-agencies")
@Tag(name = "评估机构", description = "区市民政部门委托的评估机构（第十五条）")
class AgencyController {

    private final Agencies agencies;
    private final EndCommission ending;
    private final Idempotency idempotency;
    private final Audit audit;

    AgencyController(Agencies agencies, EndCommission ending, Idempotency idempotency, Audit audit) {
        this.agencies = agencies;
        this.ending = ending;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Schema(description = "委托一家评估机构")
    record CommissionRequest(
            @Schema(description = "机构标识", example = "agency-weihai-3") @NotNull(message = "请填写机构标识") @Pattern(regexp = "[a-z0-9-]{3,60}", message = "应为 3 到 60 位小写字母、数字或连字符") @Nullable String org,
            @Schema(description = "名称", example = "某老年人能力评估中心") @NotBlank(message = "请填写名称") @Size(max = 100, message = "不超过 100 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String name,
            @Schema(description = "委托依据", example = "区民政局委托书") @NotBlank(message = "请填写委托依据") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String basis) {
    }

    @Schema(description = "终止委托")
    record EndRequest(
            @Schema(description = "理由", example = "委托期满") @NotBlank(message = "请填写理由") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @GetMapping
    @Access(scope = "eldercare.read", goodForAllSeconds = 2)
    @Operation(operationId = "listAssessmentAgencies", summary = "有资质的评估机构", description = "申请人要求复核时从中选择（第十八条）。")
    Mono<Page<Agency>> list(PageRequest page) {
        return agencies.page(page.isFirst() ? null : place(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, agency -> List.of(agency.org(), agency.districtCode())));
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = {"district", "city"})
    @Operation(operationId = "commissionAgency", summary = "登记受委托的评估机构（第十五条）", description = "评估机构以组织编号（其令牌的 org）登记，委托方为调用者所在的部门；同一机构可以受多个部门委托。")
    Mono<ResponseEntity<Agency>> commission(IdempotencyKey key, Caller caller,
            @RequestBody CommissionRequest request) {
        Agency agency = new Agency(Objects.toString(request.org()), Objects.toString(request.name()),
                Objects.toString(caller.org()), request.basis());
        return idempotency.execute(key, request, () -> agencies.commission(agency, caller.subject())
                .then(audit.record(caller, "agency.commission", "agency", agency.org(), Map.of()))
                .thenReturn(ResponseEntity.status(HttpStatus.CREATED).body(agency)));
    }

    @PostMapping("/{agencyOrg}/commission-end")
    @Access(scope = "eldercare.decide", roles = {"district", "city"})
    @Operation(operationId = "endCommission", summary = "终止本部门对一家评估机构的委托（第十五条）", description = "其他区市的委托不受影响；等待该机构复核的申请人会收到通知，可另选机构。")
    Mono<ResponseEntity<Agency>> end(@PathVariable("agencyOrg") String agencyOrg, IdempotencyKey key, Caller caller,
            @RequestBody EndRequest request) {
        return idempotency.execute(key, request,
                () -> ending.end(caller, agencyOrg, Objects.toString(request.reason()).strip())
                        .map(ResponseEntity::ok));
    }

    private static Agencies.Place place(PageRequest page) {
        if (page.after().size() != 2) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        return new Agencies.Place(page.after().get(0), page.after().get(1));
    }
}
