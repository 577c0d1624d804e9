package cn.cityapis.eldercare.offer;

import cn.cityapis.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What it means for the other of a couple that one refused, let it lapse, left or died: from now on he goes on alone, with
 * place and time kept. An offer he has not answered yet is taken back without loss, as it was made to two; one that he
 * accepted stays his.
 */
@Component
class PairOffers {

    private final Offers offers;
    private final CancelOffers cancel;
    private final OfferBed offering;

    PairOffers(Offers offers, CancelOffers cancel, OfferBed offering) {
        this.offers = offers;
        this.cancel = cancel;
        this.offering = offering;
    }

    /** The caller holds the home, and has ended the offer and his place in that queue. */
    Mono<Void> left(Offer ended) {
        return offers.openOfPair(ended)
                .flatMap(other -> cancel.cancel(Caller.system("companion-left"), other.id(),
                        "同住人未能一同入住，收回两人的入住通知；您的位次和申请时间不变，今后单独轮候")
                        .then(offering.freed(Caller.system("companion-left"), other.homeId(), other.bedId())))
                .then();
    }
}
