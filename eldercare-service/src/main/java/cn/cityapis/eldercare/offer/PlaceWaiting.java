package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.platform.security.Caller;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 第八条, 第二十条, 第二十五条: nobody waits beside a free bed that fits him. What made him able to take it does not matter; the
 * database notes the home with every change of its queue and its beds. Each free bed goes to the first whom it fits, so
 * whoever is of the special channel is placed at once; emergency beds come last.
 */
@Component
class PlaceWaiting {

    private static final int AT_ONCE = 100;
    private static final Caller AUTOMATIC = Caller.system("place-waiting");

    private final PlacingDue due;
    private final OfferBed offering;
    private final Homes homes;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Duration after;

    PlaceWaiting(PlacingDue due, OfferBed offering, Homes homes, JobLock lock, TransactionalOperator transaction,
            @Value("${eldercare.jobs.place-after}") Duration after) {
        this.due = due;
        this.offering = offering;
        this.homes = homes;
        this.lock = lock;
        this.transaction = transaction;
        this.after = after;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.place-every:PT2S}")
    Mono<Void> placeWaiting() {
        return lock.run("eldercare.place-waiting", () -> Sweep.run(sweep -> due.dropWithoutFreeBed()
                .then(due.homes(after, AT_ONCE))
                .flatMapMany(Flux::fromIterable)
                .concatMap(home -> sweep.passOver("Nobody can be placed at home " + home + " now",
                        place(home).as(transaction::transactional)
                                .onErrorResume(error -> postpone(home).then(Mono.error(error)))))
                .then()));
    }

    /** What is noted while the home is held is looked at the next time. */
    private Mono<Long> place(UUID home) {
        return homes.lock(home)
                .then(due.take(home, after))
                .then(homes.free(home))
                .flatMapMany(Flux::fromIterable)
                .concatMap(bed -> offering.offerIfAnyoneFits(AUTOMATIC, home, bed.id()))
                .count();
    }

    /** Behind the others, so that a home that fails holds nobody up. */
    private Mono<Void> postpone(UUID home) {
        return due.postpone(home, after).then();
    }
}
