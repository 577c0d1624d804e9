package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One step of an application: allowed or refused, written, audited, told. In the caller's transaction, under its lock. */
@Component
public class ChangeState {

    private final Applications applications;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;

    ChangeState(Applications applications, Audit audit, Outbox outbox, Notices notices) {
        this.applications = applications;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
    }

    /** @throws cn.cityapis.platform.problem.ProblemException 409 if the step is not possible in this state */
    static ApplicationState require(Application application, ApplicationStep step) {
        return ApplicationRules.after(application.state(), step)
                .orElseThrow(() -> SubmitApplication.wrongState(application));
    }

    /**
     * @param action as the audit trail and the event name it
     * @param text for the applicant; null: the new state is told
     */
    Mono<ApplicationState> step(Application application, ApplicationStep step, String action, @Nullable String text,
            @Nullable NoticePeriod notice, Caller by, Map<String, ?> details) {
        ApplicationState next = require(application, step);
        return applications.move(application, next, notice)
                .then(Mono.defer(() -> tell(application, next, action, text, by, details)))
                .thenReturn(next);
    }

    /** Of what happened to an application without its state having to change. */
    Mono<Void> tell(Application application, ApplicationState next, String action, @Nullable String text, Caller by,
            Map<String, ?> details) {
        String about = "applications/" + application.id();
        Map<String, Object> all = new HashMap<>(details);
        all.put("state", next.code());
        return audit.record(by, action, "application", application.id().toString(), all)
                .then(Mono.defer(() -> outbox.publish("subsidy.application." + action, about,
                        Map.of("applicationId", application.id(), "state", next.code()))))
                .then(Mono.defer(() -> notices.send(new Notice(application.owner(), "application-" + next.code(),
                        text == null ? "您的补贴申请状态变为：" + next.label() : text, about))));
    }

    /** An objection during the public notice was found right. */
    public Mono<Void> rejectOnObjection(Application application, String reason, Caller by) {
        return step(application, new ApplicationStep.UpholdObjection(), "objection-upheld", "公示异议成立，申请未通过：" + reason,
                null, by, Map.of()).then();
    }

    /** @throws cn.cityapis.platform.problem.ProblemException 409 unless it is publicly noticed now */
    public void requireNoticed(Application application) {
        require(application, new ApplicationStep.UpholdObjection());
    }
}
