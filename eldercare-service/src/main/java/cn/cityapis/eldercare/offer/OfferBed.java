package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Offers a free bed to the first who fits (第二十条), in the caller's transaction. Order of locks: home, application. Who was
 * taken by another home at the same moment is passed over with that reason, and the next is tried.
 */
@Component
class OfferBed {

    private final Homes homes;
    private final Offers offers;
    private final Applications applications;
    private final MakeOffer making;
    private final PublishBeds publish;
    private final Clock clock;

    OfferBed(Homes homes, Offers offers, Applications applications, MakeOffer making, PublishBeds publish,
            Clock clock) {
        this.homes = homes;
        this.offers = offers;
        this.applications = applications;
        this.making = making;
        this.publish = publish;
        this.clock = clock;
    }

    /** 409 if the home is closed, the bed is not free or nobody in the queue fits. */
    Mono<Offer> offer(Caller by, UUID homeId, UUID bedId) {
        return homes.lock(homeId)
                .doOnNext(HomeAccess::requireOpen)
                .then(homes.bed(homeId, bedId))
                .doOnNext(OfferBed::requireFree)
                .then(offerIfAnyoneFits(by, homeId, bedId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(EldercareProblem.NOBODY_FITS)));
    }

    /** Empty if nobody in the queue fits, or the bed is not free any more: a couple may have taken it besides another. */
    Mono<Offer> offerIfAnyoneFits(Caller by, UUID homeId, UUID bedId) {
        return homes.lock(homeId)
                .filter(home -> home.closedAt() == null)
                .flatMap(home -> homes.bed(homeId, bedId))
                .filter(bed -> bed.state() == Bed.State.FREE)
                .flatMap(bed -> homes.free(homeId).flatMap(free -> offers.front(homeId)
                        .flatMap(front -> toTheFirst(by, bed, otherThan(bed, free), front))));
    }

    /** A bed became free: published and offered to whoever is next. Empty if nobody in the queue fits. */
    Mono<Offer> freed(Caller by, UUID homeId, UUID bedId) {
        return publish.changed(homeId).then(offerIfAnyoneFits(by, homeId, bedId));
    }

    private static List<Bed> otherThan(Bed bed, List<Bed> free) {
        return free.stream().filter(other -> !other.id().equals(bed.id())).toList();
    }

    private Mono<Offer> toTheFirst(Caller by, Bed bed, List<Bed> otherFree, QueueFront front) {
        OfferRules.Choice choice = front.choose(bed, otherFree);
        if (choice.chosen().isEmpty()) {
            return front.goesOn(bed)
                    ? offers.further(front).flatMap(longer -> toTheFirst(by, bed, otherFree, longer))
                    : Mono.empty();
        }
        return Mono.justOrEmpty(choice.chosen())
                .flatMap(entry -> choice.together()
                        .map(together -> both(by, bed, together))
                        .orElseGet(() -> one(by, bed, entry, choice.candidates(),
                                new MakeOffer.Occasion(clock.instant(), null))))
                .onErrorResume(QuickerElsewhere.class,
                        lost -> toTheFirst(by, bed, otherFree, front.offeredElsewhere(lost.entry())));
    }

    private Mono<Offer> one(Caller by, Bed bed, Entry entry, List<Candidate> candidates,
            MakeOffer.Occasion occasion) {
        return lockWaiting(entry)
                .flatMap(application -> making.make(by, bed, entry, candidates, application, occasion));
    }

    /** Both are held before either is offered anything. */
    private Mono<Offer> both(Caller by, Bed bed, PairRules.Together together) {
        PairRules.Placed earlier = together.earlier();
        PairRules.Placed later = together.later();
        MakeOffer.Occasion occasion = new MakeOffer.Occasion(clock.instant(), earlier.entry().id());
        return lockWaiting(earlier.entry()).then(lockWaiting(later.entry()))
                .then(Mono.defer(() -> one(by, earlier.bed(), earlier.entry(), earlier.candidates(), occasion)))
                .flatMap(first -> one(by, later.bed(), later.entry(), later.candidates(), occasion)
                        .map(second -> first.bedId().equals(bed.id()) ? first : second));
    }

    private Mono<Application> lockWaiting(Entry entry) {
        return applications.lockUnderHome(entry.applicationId())
                .flatMap(application -> application.state() instanceof ApplicationState.WithOffer
                        ? Mono.error(new QuickerElsewhere(entry))
                        : Mono.just(application));
    }

    /** Another home offered him a bed at the same moment. */
    private static final class QuickerElsewhere extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Entry entry;

        QuickerElsewhere(Entry entry) {
            super("offered elsewhere", null, false, false);
            this.entry = entry;
        }

        Entry entry() {
            return entry;
        }
    }

    static void requireFree(Bed bed) {
        if (bed.state() != Bed.State.FREE) {
            throw ProblemException
                    .of(EldercareProblem.BED_NOT_FREE, "床位 " + bed.label() + " 目前为“" + bed.state().title() + "”")
                    .with("state", bed.state());
        }
    }
}
