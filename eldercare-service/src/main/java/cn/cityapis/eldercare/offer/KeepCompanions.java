package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Couples who apply together say so before an offer, each for himself. Only if both want places together and none alone
 * are their places in the queues tied; whoever would also go alone is offered a bed when it is his turn.
 */
@Component
class KeepCompanions {

    private final Companions companions;
    private final ApplicationAccess access;
    private final Applications applications;
    private final Waitlist waitlist;
    private final Homes homes;
    private final Audit audit;
    private final Clock clock;

    KeepCompanions(Companions companions, ApplicationAccess access, Applications applications, Waitlist waitlist,
            Homes homes, Audit audit, Clock clock) {
        this.companions = companions;
        this.access = access;
        this.applications = applications;
        this.waitlist = waitlist;
        this.homes = homes;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param confirmed whether the other wants it too */
    @Schema(description = "同住意愿")
    record Companionship(@Schema(description = "同住人的申请编号；没有登记时不出现") @Nullable UUID companionApplicationId,
            @Schema(description = "本人是否也愿意单独入住", example = "false") boolean aloneAllowed,
            @Schema(description = "对方是否也已登记与本人同住", example = "true") boolean confirmed,
            @Schema(description = "是否只一同安排（双方均不愿单独入住）", example = "true") boolean together) {
    }

    Mono<Companionship> get(UUID application) {
        return companions.of(application).flatMap(wish -> reciprocal(wish).map(other -> List.of(other))
                .defaultIfEmpty(List.of())
                .map(other -> new Companionship(wish.companion(), wish.aloneAllowed(), !other.isEmpty(),
                        !other.isEmpty() && !wish.aloneAllowed() && !other.getFirst().aloneAllowed())))
                .defaultIfEmpty(new Companionship(null, true, false, false));
    }

    Mono<Companionship> wish(Caller caller, UUID id, IfMatch ifMatch, UUID companion, boolean aloneAllowed) {
        Companions.Wish wish = new Companions.Wish(id, companion, aloneAllowed);
        return access.readable(caller, id)
                .doOnNext(own -> requireOther(id, companion))
                .then(locked(caller, id, ifMatch, companion))
                .then(untie(id))
                .then(companions.put(wish, clock.instant(), caller))
                .then(Mono.defer(() -> reciprocal(wish)))
                .filter(other -> !aloneAllowed && !other.aloneAllowed())
                .flatMap(other -> setCompanion(id, companion).then(setCompanion(companion, id)))
                .then(audit.record(caller, "application.companion", "application", id.toString(), Map.of()))
                .then(Mono.defer(() -> get(id)));
    }

    Mono<Void> alone(Caller caller, UUID id, IfMatch ifMatch) {
        return companions.of(id)
                .map(Companions.Wish::companion)
                .defaultIfEmpty(id)
                .flatMap(companion -> locked(caller, id, ifMatch, companion))
                .then(untie(id))
                .then(companions.remove(id))
                .then(audit.record(caller, "application.companion-end", "application", id.toString(), Map.of()));
    }

    private Mono<Companions.Wish> reciprocal(Companions.Wish wish) {
        return companions.of(wish.companion()).filter(other -> other.companion().equals(wish.application()));
    }

    /** All homes of both in one order, then both in one order; neither may have an offer: it was made to one or to two. */
    private Mono<Void> locked(Caller caller, UUID id, IfMatch ifMatch, UUID companion) {
        return access.readable(caller, id)
                .doOnNext(seen -> ifMatch.require(seen.version()))
                .then(Mono.defer(() -> homes.lockAll(List.of(), List.of(id, companion))))
                .thenMany(Flux.fromIterable(new TreeSet<>(List.of(id, companion))))
                .concatMap(each -> each.equals(id)
                        ? access.lockOwn(caller, id).doOnNext(own -> ifMatch.require(own.version()))
                        : applications.find(each).switchIfEmpty(Mono.error(() -> refused("unknown", "没有这份申请")))
                                .then(applications.lockUnderHome(each)))
                .doOnNext(held -> requireNoOffer(held, held.id().equals(id)))
                .then();
    }

    private Mono<Void> untie(UUID id) {
        return companions.of(id).flatMap(before -> setCompanion(id, null)
                .then(companions.of(before.companion()))
                .filter(other -> other.companion().equals(id))
                .flatMap(other -> setCompanion(before.companion(), null))).then();
    }

    private Mono<Void> setCompanion(UUID id, @Nullable UUID companion) {
        return waitlist.of(id)
                .flatMapMany(Flux::fromIterable)
                .filter(entry -> entry.phase() != Entry.Phase.ENDED)
                .concatMap(entry -> waitlist.refile(entry.id(), entry.channel(), entry.phase(),
                        entry.needs().with(companion)))
                .then();
    }

    private static void requireOther(UUID id, UUID companion) {
        if (companion.equals(id)) {
            throw refused("same", "不能与本人同住，应为另一份申请");
        }
    }

    /** Where the other's application stands is not for him to read. */
    private static void requireNoOffer(Application application, boolean own) {
        if (!application.state().name().isLive() || application.state() instanceof ApplicationState.WithOffer) {
            ProblemException refused = ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW,
                    "同住意愿应在收到入住通知之前登记，且双方的申请均在办理中");
            throw own ? refused.with("state", application.state().name()) : refused;
        }
    }

    private static ProblemException refused(String code, String detail) {
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, detail,
                List.of(new Violation("/companionApplicationId", code, detail)));
    }
}
