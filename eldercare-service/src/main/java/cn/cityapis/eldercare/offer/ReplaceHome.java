package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.QueuePlaces;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whose home closed may choose another instead; the time of application stays, as he did not leave. */
@Component
class ReplaceHome {

    private final ApplicationAccess access;
    private final Homes homes;
    private final Waitlist waitlist;
    private final QueuePlaces places;
    private final Closings closings;
    private final Audit audit;
    private final Ids ids;

    ReplaceHome(ApplicationAccess access, Homes homes, Waitlist waitlist, QueuePlaces places, Closings closings,
            Audit audit, Ids ids) {
        this.access = access;
        this.homes = homes;
        this.waitlist = waitlist;
        this.places = places;
        this.closings = closings;
        this.audit = audit;
        this.ids = ids;
    }

    Mono<Application> replace(Caller caller, UUID id, IfMatch ifMatch, UUID home) {
        return homes.lockAll(List.of(home), List.of(id))
                .then(access.lockOwn(caller, id))
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> homes.find(home)
                        .switchIfEmpty(Mono.error(() -> refused("unknown", "没有这家机构")))
                        .doOnNext(HomeAccess::requireOpen)
                        .then(waitlist.of(id))
                        .flatMap(entries -> instead(application, entries, home).flatMap(waitlist::join)
                                .then(handReviewOn(application)))
                        .then(audit.record(caller, "application.replace-home", "application", id.toString(),
                                Map.of("homeId", home)))
                        .then(access.readable(caller, id)));
    }

    /** Under what is known of him today: the place that ended is not kept up any more. */
    private Mono<Entry> instead(Application application, List<Entry> entries, UUID home) {
        List<Entry> closed = entries.stream().filter(entry -> EndReason.HOME_CLOSED.name().equals(entry.endReason()))
                .toList();
        int chosen = application.dossier().form().homeIds().size();
        if (closed.isEmpty() || !application.state().name().isLive() || running(entries).count() >= chosen) {
            throw ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW, "没有因机构停止运营而结束、尚未替补的轮候")
                    .with("state", application.state().name());
        }
        if (entries.stream().anyMatch(entry -> entry.homeId().equals(home))) {
            throw refused("duplicate", "已在这家机构轮候过");
        }
        Entry from = closed.getFirst();
        return places.needs(application).map(needs -> new Entry(ids.next(), application.id(), home, 0,
                application.dossier().channel().channel(), from.appliedAt(), application.phaseInQueues(),
                from.maskedName(), needs, null));
    }

    private Mono<Void> handReviewOn(Application application) {
        UUID review = application.reviewHome();
        return review == null
                ? Mono.empty()
                : homes.get(review).filter(home -> home.closedAt() != null)
                        .flatMap(home -> closings.handReviewsOn(review));
    }

    private static Stream<Entry> running(List<Entry> entries) {
        return entries.stream().filter(entry -> entry.phase() != Entry.Phase.ENDED);
    }

    private static ProblemException refused(String code, String detail) {
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, detail,
                List.of(new Violation("/homeId", code, detail)));
    }
}
