package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.application.ApplicantBeds;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.home.Stays;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The beds that an application holds, let go of when it ends or changes; the caller holds homes and application. */
@Component
class OfferedBeds implements ApplicantBeds {

    private final Offers offers;
    private final OfferBed offering;
    private final PairOffers pairs;
    private final Applications applications;
    private final Homes homes;
    private final Stays stays;
    private final Clock clock;

    OfferedBeds(Offers offers, OfferBed offering, PairOffers pairs, Applications applications, Homes homes, Stays stays,
            Clock clock) {
        this.offers = offers;
        this.offering = offering;
        this.pairs = pairs;
        this.applications = applications;
        this.homes = homes;
        this.stays = stays;
        this.clock = clock;
    }

    @Override
    public Mono<Void> release(UUID application) {
        return offers.lockLiveOf(application)
                .flatMap(offer -> offers.move(offer, Offer.State.WITHDRAWN, clock.instant())
                        .then(homes.release(offer.bedId()))
                        .then(pairs.left(offer))
                        .then(passOn(offer.homeId(), offer.bedId())));
    }

    @Override
    public Mono<Void> vacate(UUID application) {
        return stays.runningOf(application)
                .flatMap(stay -> howItEnded(stay)
                        .flatMap(end -> stays.endOf(stay.bedId(), end, null, clock.instant(),
                                Caller.system("vacate-bed")))
                        .then(homes.vacated(stay.bedId()))
                        .then(passOn(stay.homeId(), stay.bedId())));
    }

    private Mono<Stay.End> howItEnded(Stay stay) {
        return Mono.justOrEmpty(stay.applicationId())
                .flatMap(applications::find)
                .map(application -> application.state() instanceof ApplicationState.Died
                        ? Stay.End.DIED
                        : Stay.End.LEFT)
                .defaultIfEmpty(Stay.End.NOT_STATED);
    }

    @Override
    public Mono<Boolean> takes(UUID home, UUID bed, AbilityLevel level) {
        return homes.bed(home, bed).map(found -> found.type().levels().contains(level));
    }

    @Override
    public Mono<Void> moveInBy(UUID application, Deadline by) {
        return offers.lockLiveOf(application).flatMap(offer -> offers.moveInBy(offer.id(), by));
    }

    @Override
    public Mono<UUID> offered(UUID application) {
        return offers.lockLiveOf(application).map(Offer::bedId);
    }

    private Mono<Void> passOn(UUID home, UUID bed) {
        return offering.freed(Caller.system("pass-on-bed"), home, bed).then();
    }
}
