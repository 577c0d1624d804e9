package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends the round of whoever did not come on the agreed date (第十六条) or will not be assessed (第二十四条（一）). */
@Component
class MissAssessment {

    private final ApplicationAccess access;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final Notices notices;
    private final Audit audit;
    private final Clock clock;

    MissAssessment(ApplicationAccess access, Decisions decisions, Waitlist waitlist, Notices notices, Audit audit,
            Clock clock) {
        this.access = access;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** Only once the agreed date is over: he may still come until its end. */
    Mono<Application> missed(Caller caller, UUID id, IfMatch ifMatch) {
        return access.holdCalled(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .doOnNext(this::requireOver)
                .flatMap(application -> end(caller, application, new Command.MissAssessment(clock.instant()),
                        EndReason.NO_SHOW, "未按约定日期前来接受评估，取消本次轮候资格"));
    }

    Mono<Application> declined(Caller caller, UUID id, IfMatch ifMatch, String reason) {
        return access.holdCalled(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> end(caller, application, new Command.DeclineAssessment(clock.instant()),
                        EndReason.FORFEITED, "未按规定接受入住评估：" + reason));
    }

    private Mono<Application> end(Caller caller, Application application, Command command, EndReason why,
            String reason) {
        Lifecycle.Moved moved = Decisions.require(application, command);
        return decisions.commit(application, application, command, moved, reason, caller)
                .flatMap(stored -> waitlist.endAll(stored.id(), why, clock.instant())
                        .then(audit.record(caller, "application.end", "application", stored.id().toString(),
                                Map.of("reason", why)))
                        .then(notices.send(new Notice(stored.owner(), "round-ended", "本次轮候已终止，详情请查看申请；可重新提出申请",
                                "applications/" + stored.id())))
                        .thenReturn(stored));
    }

    private void requireOver(Application application) {
        if (application.state() instanceof ApplicationState.AssessmentBooked booked
                && !LocalDate.now(clock).isAfter(booked.on())) {
            throw Decisions.refusal(EldercareProblem.DATE_NOT_OVER, application,
                    "约定日期 " + booked.on() + " 尚未过去，不能登记未到");
        }
    }
}
