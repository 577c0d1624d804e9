package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 第八条, 第二十五条: whoever is of the special channel is placed at once, into a free bed or else an emergency bed; if there is
 * none, he is the first in line for the next. It needs no event: whoever came into the channel, however, is found.
 */
@Component
class PlaceSpecialChannel {

    private static final Logger LOG = LoggerFactory.getLogger(PlaceSpecialChannel.class);
    private static final int AT_ONCE = 100;

    private final Offers offers;
    private final OfferBed offering;
    private final Homes homes;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final Duration after;

    PlaceSpecialChannel(Offers offers, OfferBed offering, Homes homes, JobLock lock, TransactionalOperator transaction,
            Clock clock, @Value("${eldercare.jobs.place-special-after}") Duration after) {
        this.offers = offers;
        this.offering = offering;
        this.homes = homes;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
        this.after = after;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.place-special-every:PT2S}")
    Mono<Void> placeWaiting() {
        return lock.run("eldercare.place-special", () -> offers.homesOfUnplacedSpecial(clock.instant().minus(after),
                AT_ONCE)
                .flatMapMany(Flux::fromIterable)
                .concatMap(home -> place(home).as(transaction::transactional).onErrorResume(error -> {
                    LOG.warn("The special channel of home {} cannot be placed now: {}", home, error.toString());
                    return Mono.empty();
                }))
                .count()).then();
    }

    /** Emergency beds come last. */
    private Mono<Long> place(UUID home) {
        return homes.lock(home)
                .then(homes.free(home))
                .flatMapMany(Flux::fromIterable)
                .concatMap(bed -> offering.offerToSpecial(Caller.system("place-special"), home, bed.id()))
                .count();
    }
}
