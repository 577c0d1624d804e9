package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Handed;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 第十五条: a district ends its own commission of an agency. What the agency has begun it may finish; whoever waits for its
 * re-check is told that he may choose another, unless another commission still holds.
 */
@Component
class EndCommission {

    private static final int AT_ONCE = 100;

    private final Agencies agencies;
    private final Applications applications;
    private final Notices notices;
    private final Audit audit;

    EndCommission(Agencies agencies, Applications applications, Notices notices, Audit audit) {
        this.agencies = agencies;
        this.applications = applications;
        this.notices = notices;
        this.audit = audit;
    }

    /** 404 if the caller's office has no running commission of that agency. */
    Mono<Agency> end(Caller caller, String org, String reason) {
        return agencies.end(org, Objects.toString(caller.org()), reason, caller.subject())
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(ended -> agencies.isQualified(org)
                        .flatMap(still -> still ? Mono.empty() : tellThoseWhoWait(org))
                        .then(audit.record(caller, "agency.commission-end", "agency", org, Map.of()))
                        .thenReturn(ended));
    }

    private Mono<Void> tellThoseWhoWait(String org) {
        return page(org, null)
                .expand(found -> found.size() < AT_ONCE ? Mono.empty() : page(org, found.getLast()))
                .concatMap(found -> Flux.fromIterable(found).concatMap(this::tell))
                .then();
    }

    private Mono<List<Application>> page(String org, @Nullable Application last) {
        return applications.recheckedBy(org, last == null
                ? null
                : new Handed(Objects.requireNonNull(last.recheck()).objectedAt(), last.id()), AT_ONCE);
    }

    private Mono<Void> tell(Application application) {
        return notices.send(new Notice(application.owner(), "recheck-agency-ended",
                "所选复核机构的委托已终止，可另选一家有资质的机构复核，或撤回异议", "applications/" + application.id()));
    }
}
