package cn.cityapis.subsidy.trail;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationAccess;
import cn.cityapis.subsidy.application.ApplicationReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who did what with an application, and who saw its personal data. */
@RestController
@Tag(name = "补贴申请")
class AuditTrailController {

    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final AuditTrail trail;
    private final TransactionalOperator transaction;
    private final Audit audit;

    AuditTrailController(ApplicationReader reader, ApplicationAccess access, AuditTrail trail,
            TransactionalOperator transaction, Audit audit) {
        this.reader = reader;
        this.access = access;
        this.trail = trail;
        this.transaction = transaction;
        this.audit = audit;
    }

    @GetMapping("/api/subsidy/v1/applications/{id}/audit-trail")
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listAuditTrail", summary = "一份申请的办理和查看记录", description = """
            由旧到新：每一步办理，以及每一次查看完整个人信息、异议内容和收款账户。本人看到每一步由哪个单位办理，不显示经办人和异议人；
            审计人员看到全部，其查看本身也记入记录。""")
    Mono<Page<AuditStep>> list(@Parameter(description = "申请编号") @PathVariable UUID id, PageRequest page,
            Caller caller) {
        return reader.get(id).map(found -> access.readable(found, caller)).flatMap(found -> {
            boolean own = access.isOwner(found, caller);
            if (!own && !caller.hasRole("auditor")) {
                return Mono.error(ProblemException.of(CommonProblem.FORBIDDEN, "只有本人和审计人员可以查看办理记录"));
            }
            return trail.of(id, found.owner(), page)
                    .flatMap(rows -> own ? Mono.just(rows) : recorded(found, caller).thenReturn(rows))
                    .map(rows -> own ? rows.stream().map(TrailRules::forApplicant).toList() : rows);
        }).map(rows -> Page.of(rows, page, row -> List.of(row.id().toString()))).as(transaction::transactional);
    }

    private Mono<Void> recorded(Application application, Caller by) {
        return audit.record(by, "read-audit-trail", "application", application.id().toString(), Map.of());
    }
}
