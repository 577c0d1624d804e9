package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.application.ApplicantBeds;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The beds that an application holds, let go of when it ends or changes; the caller holds homes and application. */
@Component
class OfferedBeds implements ApplicantBeds {

    private final Offers offers;
    private final OfferBed offering;
    private final Homes homes;
    private final Clock clock;

    OfferedBeds(Offers offers, OfferBed offering, Homes homes, Clock clock) {
        this.offers = offers;
        this.offering = offering;
        this.homes = homes;
        this.clock = clock;
    }

    @Override
    public Mono<Void> release(UUID application) {
        return offers.lockLiveOf(application)
                .flatMap(offer -> offers.move(offer, Offer.State.WITHDRAWN, clock.instant())
                        .then(homes.release(offer.bedId()))
                        .then(passOn(offer.homeId(), offer.bedId())));
    }

    @Override
    public Mono<Void> vacate(UUID home, UUID bed) {
        return homes.move(bed, Bed.State.OCCUPIED, Bed.State.FREE)
                .flatMap(freed -> freed ? passOn(home, bed) : Mono.empty());
    }

    @Override
    public Mono<Boolean> takes(UUID home, UUID bed, AbilityLevel level) {
        return homes.bed(home, bed).map(found -> found.type().levels().contains(level));
    }

    @Override
    public Mono<UUID> offered(UUID application) {
        return offers.lockLiveOf(application).map(Offer::bedId);
    }

    private Mono<Void> passOn(UUID home, UUID bed) {
        return offering.offerIfAnyoneFits(Caller.system("pass-on-bed"), home, bed).then();
    }
}
