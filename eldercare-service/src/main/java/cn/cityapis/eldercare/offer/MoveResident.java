package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.home.Stays;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * 第二十三条: after a change of condition a resident is kept or moved, within the home by its operator, to another home by
 * the office above both. A resident comes before the queue; his old bed goes to whoever is next.
 */
@Component
class MoveResident {

    private final HomeAccess access;
    private final Homes homes;
    private final Stays stays;
    private final Adjustments adjustments;
    private final Applications applications;
    private final Decisions decisions;
    private final KeepBeds beds;
    private final PublishBeds publish;
    private final Notices notices;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    MoveResident(HomeAccess access, Homes homes, Stays stays, Adjustments adjustments, Applications applications,
            Decisions decisions, KeepBeds beds, PublishBeds publish, Notices notices, Audit audit, Ids ids,
            Clock clock) {
        this.access = access;
        this.homes = homes;
        this.stays = stays;
        this.adjustments = adjustments;
        this.applications = applications;
        this.decisions = decisions;
        this.beds = beds;
        this.publish = publish;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param toBed null if he stays where he is */
    record Wanted(boolean move, UUID toHome, @Nullable UUID toBed, String reason) {
    }

    /** The bed where he lives then. */
    Mono<Bed> adjust(Caller caller, UUID home, UUID bedId, IfMatch ifMatch, Wanted wanted) {
        return access.overseen(caller, home)
                .then(homes.bed(home, bedId))
                .doOnNext(bed -> ifMatch.require(bed.version()))
                .doOnNext(bed -> requireTarget(wanted))
                .then(access.overseen(caller, wanted.toHome()))
                .doOnNext(to -> requireOpenTarget(to, wanted))
                .then(homes.lockAll(List.of(home, wanted.toHome())))
                .then(occupied(home, bedId, ifMatch))
                .flatMap(from -> Mono.justOrEmpty(wanted.toBed())
                        .flatMap(to -> move(caller, from, wanted.toHome(), to, wanted.reason()))
                        .switchIfEmpty(Mono.defer(() -> keep(caller, from, wanted.reason()))));
    }

    private static void requireTarget(Wanted wanted) {
        if (wanted.move() != (wanted.toBed() != null)) {
            String detail = "调整时须填写调整到的床位，留住时不填";
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, detail,
                    List.of(new Violation("/toBedId", wanted.move() ? "missing" : "not-allowed", detail)));
        }
    }

    private static void requireOpenTarget(Home to, Wanted wanted) {
        if (wanted.move()) {
            HomeAccess.requireOpen(to);
        }
    }

    private Mono<Bed> keep(Caller caller, Bed bed, String reason) {
        return adjustments.insert(new Adjustments.Adjustment(ids.next(), bed, null, reason, clock.instant()), caller)
                .then(audit.record(caller, "resident.keep", "bed", bed.id().toString(), Map.of()))
                .thenReturn(bed);
    }

    private Mono<Bed> move(Caller caller, Bed from, UUID toHome, UUID toBed, String reason) {
        return requireResident(from)
                .then(homes.bed(toHome, toBed))
                .doOnNext(OfferBed::requireFree)
                .doOnNext(MoveResident::requireOrdinary)
                .flatMap(to -> change(caller, from, to, reason))
                .then(homes.bed(toHome, toBed));
    }

    /** Else a temporary use of an emergency bed would lead past the queue. */
    private Mono<Void> requireResident(Bed from) {
        return stays.runningIn(from.id())
                .map(stay -> stay.purpose() == Stay.Purpose.ADMISSION || stay.purpose() == Stay.Purpose.SPECIAL_CHANNEL)
                .defaultIfEmpty(!from.emergency())
                .flatMap(resident -> resident
                        ? Mono.empty()
                        : Mono.error(ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW,
                                "临时使用应急床位的，须按轮候次序安排入住，不能直接调整到其他床位（第二十五条）")));
    }

    private Mono<Bed> occupied(UUID home, UUID bedId, IfMatch ifMatch) {
        return homes.bed(home, bedId)
                .doOnNext(bed -> ifMatch.require(bed.version()))
                .doOnNext(UseBed::requireOccupied);
    }

    private Mono<Void> change(Caller caller, Bed from, Bed to, String reason) {
        Instant now = clock.instant();
        return stays.runningIn(from.id())
                .flatMap(stay -> Mono.justOrEmpty(stay.applicationId()))
                .map(List::of)
                .defaultIfEmpty(List.of())
                .flatMap(resident -> moved(caller, resident, to, reason)
                        .then(stays.endOf(from.id(), Stay.End.MOVED, reason, now, caller))
                        .then(homes.move(to.id(), Bed.State.FREE, Bed.State.OCCUPIED))
                        .then(stays
                                .begin(new Stays.Begin(ids.next(), to, resident.isEmpty() ? null : resident.getFirst(),
                                        Stay.Purpose.ADMISSION, reason, null, now), caller)))
                .then(adjustments.insert(new Adjustments.Adjustment(ids.next(), from, to.id(), reason, now), caller))
                .then(audit.record(caller, "resident.move", "bed", from.id().toString(), Map.of("toBed", to.id())))
                .then(publish.changed(to.homeId()))
                .then(Mono.defer(() -> leave(from)));
    }

    private Mono<Void> leave(Bed from) {
        return homes.vacated(from.id()).then(beds.freed(from.homeId(), from.id())).then();
    }

    private Mono<Void> moved(Caller caller, List<UUID> resident, Bed to, String reason) {
        if (resident.isEmpty()) {
            return Mono.empty();
        }
        return applications.lockUnderHome(resident.getFirst()).flatMap(application -> {
            requireLevel(application, to);
            requireSex(application, to);
            if (!(application.state() instanceof ApplicationState.Admitted)) {
                return Mono.<Void>empty();
            }
            Command command = new Command.MoveResident(to.homeId(), to.id());
            return decisions.commit(application, application, command, Decisions.require(application, command), reason,
                    caller)
                    .then(notices.send(new Notice(application.owner(), "resident-moved",
                            "根据评估或机构安排，床位已调整为 " + to.label() + "（第二十三条）", "applications/" + application.id())));
        });
    }

    private static void requireLevel(Application application, Bed to) {
        AbilityLevel level = application.dossier().level();
        if (level != null && !to.type().levels().contains(level)) {
            throw ProblemException.of(EldercareProblem.LEVEL_NOT_TAKEN,
                    "床位 " + to.label() + " 不接收" + level.title() + "的老年人");
        }
    }

    /** A room for women or men stays so; a couple is moved into a room that demands neither. */
    private static void requireSex(Application application, Bed to) {
        if (to.sex() != null && to.sex() != application.dossier().sex()) {
            throw ProblemException.of(EldercareProblem.SEX_DOES_NOT_FIT,
                    "床位 " + to.label() + " 所在房间只住" + (to.sex() == Needs.Sex.FEMALE ? "女性" : "男性"));
        }
    }

    private static void requireOrdinary(Bed bed) {
        if (bed.emergency()) {
            throw ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW, "应急床位只用于周转、应急、临时安置和特殊保障通道（第二十五条）")
                    .with("emergency", true);
        }
    }
}
