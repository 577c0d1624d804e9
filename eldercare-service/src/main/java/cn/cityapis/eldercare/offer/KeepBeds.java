package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.BedType;
import cn.cityapis.eldercare.home.BedTypes;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.home.Stays;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Beds and bed types as the home's operator keeps them, one change after the other per home. Whatever makes a bed free
 * or fit for somebody publishes it and offers it to the next (第二十条, 第二十五条).
 */
@Component
class KeepBeds {

    private static final Caller AUTOMATIC = Caller.system("bed-freed");

    private final HomeAccess access;
    private final Homes homes;
    private final BedTypes types;
    private final Stays stays;
    private final OfferBed offering;
    private final PublishBeds publish;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    KeepBeds(HomeAccess access, Homes homes, BedTypes types, Stays stays, OfferBed offering, PublishBeds publish,
            Audit audit, Ids ids, Clock clock) {
        this.access = access;
        this.homes = homes;
        this.types = types;
        this.stays = stays;
        this.offering = offering;
        this.publish = publish;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<BedTypes.Kept> addType(Caller caller, UUID home, BedKind kind, Set<AbilityLevel> levels, long fee) {
        BedType type = new BedType(ids.next(), kind, levels, fee);
        return access.lockOwnOpen(caller, home)
                .then(types.insert(home, type))
                .then(audit.record(caller, "bed-type.add", "bed-type", type.id().toString(),
                        Map.of("kind", kind, "monthlyFeeFen", fee)))
                .then(types.get(home, type.id()));
    }

    Mono<BedTypes.Kept> changeType(Caller caller, UUID home, UUID id, IfMatch ifMatch, Set<AbilityLevel> levels,
            long fee) {
        return access.lockOwnOpen(caller, home)
                .then(types.get(home, id))
                .doOnNext(kept -> ifMatch.require(kept.version()))
                .flatMap(kept -> types.change(kept, levels, fee, clock.instant(), caller)
                        .then(audit.record(caller, "bed-type.change", "bed-type", id.toString(),
                                Map.of("oldFeeFen", kept.type().monthlyFeeFen(), "monthlyFeeFen", fee))))
                .then(offerFree(home, id))
                .then(types.get(home, id));
    }

    /** Whom none of the free beds took before, one may take now. */
    private Mono<Void> offerFree(UUID home, UUID type) {
        return homes.free(home)
                .flatMapMany(Flux::fromIterable)
                .filter(bed -> bed.type().id().equals(type))
                .concatMap(bed -> offering.offerIfAnyoneFits(AUTOMATIC, home, bed.id()))
                .then();
    }

    /** @param wanted whose id and state do not count */
    Mono<BedChanged> addBed(Caller caller, UUID home, WantedBed wanted) {
        UUID id = ids.next();
        return access.lockOwnOpen(caller, home)
                .then(types.get(home, wanted.type()))
                .flatMap(kept -> homes.addBed(wanted.as(id, home, kept.type())))
                .then(audit.record(caller, "bed.add", "bed", id.toString(), Map.of("emergency", wanted.emergency())))
                .then(freed(home, id));
    }

    Mono<BedChanged> changeBed(Caller caller, UUID home, UUID id, IfMatch ifMatch, WantedBed wanted) {
        return access.lockOwnOpen(caller, home)
                .then(homes.bed(home, id))
                .doOnNext(bed -> ifMatch.require(bed.version()))
                .flatMap(bed -> types.get(home, wanted.type())
                        .flatMap(kept -> homes.changeBed(wanted.as(id, home, kept.type())))
                        .then(audit.record(caller, "bed.change", "bed", id.toString(),
                                Map.of("emergency", wanted.emergency())))
                        .then(bed.state() == Bed.State.FREE ? freed(home, id) : changed(home, id)));
    }

    /** A bed that is offered or reserved changes through its offer only. */
    Mono<BedChanged> changeState(Caller caller, UUID home, UUID id, IfMatch ifMatch, Bed.State to) {
        return access.lockOwnOpen(caller, home)
                .then(homes.bed(home, id))
                .doOnNext(bed -> ifMatch.require(bed.version()))
                .flatMap(bed -> move(bed, to)
                        .then(stays.endOf(id, Stay.End.NOT_STATED, null, clock.instant(), caller)))
                .then(audit.record(caller, "bed.change", "bed", id.toString(), Map.of("state", to)))
                .then(Mono.defer(() -> to == Bed.State.FREE ? freed(home, id) : changed(home, id)));
    }

    private Mono<Boolean> move(Bed bed, Bed.State to) {
        boolean allowed = switch (bed.state()) {
            case OCCUPIED, OUT_OF_SERVICE -> to == Bed.State.FREE;
            case FREE -> to == Bed.State.OUT_OF_SERVICE;
            case OFFERED, RESERVED -> false;
        };
        if (!allowed) {
            return Mono.error(ProblemException
                    .of(EldercareProblem.NOT_POSSIBLE_NOW,
                            "床位目前为“" + bed.state().title() + "”，不能改为“" + to.title() + "”")
                    .with("state", bed.state()));
        }
        return homes.move(bed.id(), bed.state(), to);
    }

    private Mono<BedChanged> changed(UUID home, UUID id) {
        return publish.changed(home).then(homes.bed(home, id)).map(bed -> new BedChanged(bed, null));
    }

    /** The caller holds the home's row. */
    Mono<BedChanged> freed(UUID home, UUID id) {
        return offering.freed(AUTOMATIC, home, id)
                .map(offer -> List.of(offer.id()))
                .defaultIfEmpty(List.of())
                .flatMap(offered -> homes.bed(home, id)
                        .map(bed -> new BedChanged(bed, offered.isEmpty() ? null : offered.getFirst())));
    }
}
