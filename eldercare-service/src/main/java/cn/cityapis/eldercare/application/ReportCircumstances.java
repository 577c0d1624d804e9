package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** 第十四条: the applicant reports what changed. Contact and wishes hold at once; a category waits for the home. */
@Component
class ReportCircumstances {

    private final ApplicationAccess access;
    private final CircumstanceChanges changes;
    private final Decisions decisions;
    private final QueuePlaces places;
    private final Homes homes;
    private final Notices notices;
    private final Audit audit;
    private final Ids ids;

    ReportCircumstances(ApplicationAccess access, CircumstanceChanges changes, Decisions decisions, QueuePlaces places,
            Homes homes, Notices notices, Audit audit, Ids ids) {
        this.access = access;
        this.changes = changes;
        this.decisions = decisions;
        this.places = places;
        this.homes = homes;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
    }

    /** One report waits for the home at a time. */
    Mono<Application> report(Caller caller, UUID id, IfMatch ifMatch, Circumstances reported) {
        Command command = new Command.ChangeCircumstances();
        boolean toConfirm = reported.categories() != null;
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> {
                    Lifecycle.Moved moved = Decisions.require(application, command);
                    Application changed = application
                            .with(application.dossier().with(reported.atOnce(application.dossier().form())));
                    return requireNoneOpen(application).then(decisions.commit(application, changed, command, moved,
                            toConfirm ? "申请人报告身份类别变更，待机构核实" : "申请人更新个人信息", caller));
                })
                .flatMap(stored -> keep(stored, reported, toConfirm)
                        .then(places.rederive(stored))
                        .then(toConfirm ? askHome(stored) : Mono.empty())
                        .then(audit.record(caller, "circumstances.report", "application", id.toString(), Map.of()))
                        .thenReturn(stored));
    }

    private Mono<Void> keep(Application application, Circumstances reported, boolean toConfirm) {
        return changes.insert(ids.next(), application.id(), reported,
                toConfirm ? CircumstanceChange.State.REPORTED : CircumstanceChange.State.CONFIRMED);
    }

    private Mono<Void> requireNoneOpen(Application application) {
        return changes.hasOpen(application.id()).flatMap(open -> open
                ? Mono.error(Decisions.refusal(EldercareProblem.NOT_POSSIBLE_NOW, application,
                        "上一次报告的变更正由机构核实，请等待结果"))
                : Mono.empty());
    }

    private Mono<Void> askHome(Application application) {
        return homes.get(Objects.requireNonNull(application.reviewHome()))
                .flatMap(home -> notices.send(new Notice(home.org(), "circumstances-reported", "一位申请人报告身份类别变更，请核实",
                        "applications/" + application.id())));
    }
}
