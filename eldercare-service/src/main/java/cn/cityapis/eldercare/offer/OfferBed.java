package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
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

    OfferBed(Homes homes, Offers offers, Applications applications, MakeOffer making, PublishBeds publish) {
        this.homes = homes;
        this.offers = offers;
        this.applications = applications;
        this.making = making;
        this.publish = publish;
    }

    /** 409 if the home is closed, the bed is not free or nobody in the queue fits. */
    Mono<Offer> offer(Caller by, UUID homeId, UUID bedId) {
        return homes.lock(homeId)
                .doOnNext(HomeAccess::requireOpen)
                .then(offerIfAnyoneFits(by, homeId, bedId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(EldercareProblem.NOBODY_FITS)));
    }

    /** Empty if nobody in the queue fits. */
    Mono<Offer> offerIfAnyoneFits(Caller by, UUID homeId, UUID bedId) {
        return offer(by, homeId, bedId, standing -> true);
    }

    /** Only to somebody of the special channel, who stands before all others. Empty if nobody there fits. */
    Mono<Offer> offerToSpecial(Caller by, UUID homeId, UUID bedId) {
        return offer(by, homeId, bedId, standing -> standing.entry().channel() == Channel.SPECIAL);
    }

    /** A bed became free: published and offered to whoever is next. Empty if nobody in the queue fits. */
    Mono<Offer> freed(Caller by, UUID homeId, UUID bedId) {
        return publish.changed(homeId).then(offerIfAnyoneFits(by, homeId, bedId));
    }

    private Mono<Offer> offer(Caller by, UUID homeId, UUID bedId, Predicate<OfferRules.Standing> to) {
        return homes.lock(homeId)
                .filter(home -> home.closedAt() == null)
                .flatMap(home -> homes.bed(homeId, bedId))
                .doOnNext(OfferBed::requireFree)
                .flatMap(bed -> offers.standing(homeId)
                        .flatMap(standing -> toTheFirst(by, bed, standing.stream().filter(to).toList())));
    }

    private Mono<Offer> toTheFirst(Caller by, Bed bed, List<OfferRules.Standing> inOrder) {
        OfferRules.Choice choice = OfferRules.choose(bed, inOrder);
        return Mono.justOrEmpty(choice.chosen()).flatMap(entry -> applications.lockUnderHome(entry.applicationId())
                .flatMap(application -> application.state() instanceof ApplicationState.WithOffer
                        ? toTheFirst(by, bed, OfferRules.offeredElsewhere(inOrder, entry))
                        : making.make(by, bed, entry, choice.candidates(), application)));
    }

    static void requireFree(Bed bed) {
        if (bed.state() != Bed.State.FREE) {
            throw ProblemException.of(EldercareProblem.BED_NOT_FREE, "床位 " + bed.label() + " 当前状态为 " + bed.state())
                    .with("state", bed.state());
        }
    }
}
