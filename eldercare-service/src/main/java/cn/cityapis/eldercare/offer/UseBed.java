package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.EndRound;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.home.Stays;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Somebody goes, or comes into an emergency bed without an offer (第二十五条); either is recorded with its reason. */
@Component
class UseBed {

    private final HomeAccess access;
    private final Homes homes;
    private final Stays stays;
    private final ApplicationAccess persons;
    private final EndRound ending;
    private final KeepBeds beds;
    private final PublishBeds publish;
    private final Waitlist waitlist;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    UseBed(HomeAccess access, Homes homes, Stays stays, ApplicationAccess persons, EndRound ending, KeepBeds beds,
            PublishBeds publish, Waitlist waitlist,
            Audit audit, Ids ids, Clock clock) {
        this.access = access;
        this.homes = homes;
        this.stays = stays;
        this.persons = persons;
        this.ending = ending;
        this.beds = beds;
        this.publish = publish;
        this.waitlist = waitlist;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** He left, died, or the use is over: the bed is published and goes to the next. A death ends his rounds as well. */
    Mono<BedChanged> departure(Caller caller, UUID home, UUID id, IfMatch ifMatch, Stay.End reason,
            @Nullable String note) {
        return access.own(caller, home)
                .flatMap(own -> reason == Stay.End.DIED ? roundsOf(home, id) : Mono.just(List.<Application>of()))
                .flatMap(rounds -> access.lockOwn(caller, home)
                        .then(homes.bed(home, id))
                        .doOnNext(bed -> ifMatch.require(bed.version()))
                        .doOnNext(UseBed::requireOccupied)
                        .flatMap(bed -> stays.endOf(id, reason, note, clock.instant(), caller))
                        .then(audit.record(caller, "bed.departure", "bed", id.toString(), Map.of("reason", reason)))
                        .then(homes.vacated(id))
                        .then(ending.died(caller, rounds, "机构登记在住期间去世")))
                .then(beds.freed(home, id));
    }

    /** All that was filed for whoever is in the bed, held; his version says whether it is still he. */
    private Mono<List<Application>> roundsOf(UUID home, UUID bed) {
        return stays.runningIn(bed)
                .flatMap(stay -> Mono.justOrEmpty(stay.applicationId()))
                .flatMap(application -> persons.holdPerson(application, List.of(home)))
                .defaultIfEmpty(List.of());
    }

    /** What an emergency bed is used for without an offer. */
    record Use(Stay.Purpose purpose, String reason, @Nullable LocalDate until, @Nullable UUID application) {
    }

    /** An applicant who is placed for the time being keeps his place in the queue. */
    Mono<Stay> emergency(Caller caller, UUID home, UUID id, IfMatch ifMatch, Use use) {
        return access.lockOwnOpen(caller, home)
                .then(homes.bed(home, id))
                .doOnNext(bed -> ifMatch.require(bed.version()))
                .flatMap(bed -> check(home, use).thenReturn(bed))
                .doOnNext(UseBed::requireEmergencyBed)
                .doOnNext(OfferBed::requireFree)
                .flatMap(bed -> homes.move(id, Bed.State.FREE, Bed.State.OCCUPIED)
                        .then(stays.begin(new Stays.Begin(ids.next(), bed, use.application(), use.purpose(),
                                use.reason(), use.until(), clock.instant()), caller)))
                .then(audit.record(caller, "bed.emergency-use", "bed", id.toString(),
                        Map.of("purpose", use.purpose())))
                .then(publish.changed(home))
                .then(stays.runningIn(id));
    }

    private Mono<Void> check(UUID home, Use use) {
        Violations violations = new Violations();
        LocalDate until = use.until();
        if (until != null && until.isBefore(LocalDate.now(clock))) {
            violations.add("/until", "out-of-range", "不能早于今天");
        }
        UUID application = use.application();
        Mono<Boolean> known = application == null
                ? Mono.just(true)
                : waitlist.of(application).map(entries -> entries.stream()
                        .anyMatch(entry -> entry.homeId().equals(home) && entry.phase() != Entry.Phase.ENDED));
        return known.doOnNext(found -> {
            if (!found) {
                violations.add("/applicationId", "unknown", "该申请不在本机构的轮候队列中");
            }
            violations.throwIfAny();
        }).then(application == null ? Mono.empty() : requireNowhere(application));
    }

    /** Whichever round led there: nobody has two beds. None begins while this one runs, so there is nothing to hold. */
    private Mono<Void> requireNowhere(UUID application) {
        return stays.runningOfPerson(application)
                .filter(lives -> !lives.isEmpty())
                .flatMap(lives -> Mono.error(ProblemException.of(EldercareProblem.ALREADY_PLACED)));
    }

    private static void requireEmergencyBed(Bed bed) {
        if (!bed.emergency()) {
            throw ProblemException.of(EldercareProblem.NOT_AN_EMERGENCY_BED,
                    "床位 " + bed.label() + " 不是应急床位，只能按轮候次序安排（第二十五条）");
        }
    }

    static void requireOccupied(Bed bed) {
        if (bed.state() != Bed.State.OCCUPIED) {
            throw ProblemException
                    .of(EldercareProblem.NOT_POSSIBLE_NOW, "床位目前为“" + bed.state().title() + "”，没有人入住")
                    .with("state", bed.state());
        }
    }
}
