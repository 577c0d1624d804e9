package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The home's review (第十三条): qualified, with the channel re-derived from what was proven, or rejected. */
@Component
class ReviewApplication {

    private final ApplicationAccess access;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final QueuePlaces places;
    private final Notices notices;
    private final Audit audit;
    private final Clock clock;

    ReviewApplication(ApplicationAccess access, Decisions decisions, Waitlist waitlist, QueuePlaces places,
            Notices notices, Audit audit, Clock clock) {
        this.access = access;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.places = places;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    Mono<Application> qualify(Caller caller, UUID id, IfMatch ifMatch, List<Category> unproven, String reason) {
        Command command = new Command.Qualify(clock.instant());
        return lock(caller, id, ifMatch).flatMap(application -> {
            Lifecycle.Moved moved = Decisions.require(application, command);
            Application reviewed = application.with(application.dossier().withUnproven(unproven));
            return decisions.commit(application, reviewed, command, moved, reason, caller)
                    .flatMap(stored -> places.refile(stored, Entry.Phase.PROVISIONAL)
                            .then(told(caller, stored, "application-qualified", "入住申请审核合格，请等候能力评估")));
        });
    }

    Mono<Application> reject(Caller caller, UUID id, IfMatch ifMatch, String reason) {
        Command command = new Command.Reject(clock.instant());
        return lock(caller, id, ifMatch).flatMap(application -> {
            Lifecycle.Moved moved = Decisions.require(application, command);
            return decisions.commit(application, application, command, moved, reason, caller)
                    .flatMap(stored -> waitlist.endAll(id, EndReason.REJECTED, clock.instant())
                            .then(told(caller, stored, "application-rejected", "入住申请审核未通过，详情请查看申请")));
        });
    }

    private Mono<Application> lock(Caller caller, UUID id, IfMatch ifMatch) {
        return access.holdReviewed(caller, id).doOnNext(application -> ifMatch.require(application.version()));
    }

    private Mono<Application> told(Caller caller, Application application, String kind, String text) {
        return audit.record(caller, kind, "application", application.id().toString(), Map.of())
                .then(notices.send(new Notice(application.owner(), kind, text, "applications/" + application.id())))
                .thenReturn(application);
    }
}
