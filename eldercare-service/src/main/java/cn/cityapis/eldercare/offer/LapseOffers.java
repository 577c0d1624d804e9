package cn.cityapis.eldercare.offer;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** 第二十四条（三）: offers lapse when their last day is over; each in a transaction of its own, at one replica. */
@Component
class LapseOffers {

    private static final int AT_ONCE = 100;

    private final Offers offers;
    private final CloseOffer close;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    LapseOffers(Offers offers, CloseOffer close, JobLock lock, TransactionalOperator transaction, Clock clock) {
        this.offers = offers;
        this.close = close;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.lapse-every:PT2S}")
    Mono<Void> lapseOverdue() {
        return lock.run("eldercare.lapse-offers", () -> Sweep.run(sweep -> offers.overdue(LocalDate.now(clock), AT_ONCE)
                .flatMapMany(Flux::fromIterable)
                .concatMap(offer -> sweep.passOver("Offer " + offer + " cannot lapse now",
                        close.lapse(offer).as(transaction::transactional)))
                .then()));
    }
}
