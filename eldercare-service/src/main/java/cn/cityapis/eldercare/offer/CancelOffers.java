package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes an offer back without the applicant's doing: he waits on with place and time. The caller holds the home. */
@Component
class CancelOffers {

    private final Offers offers;
    private final Applications applications;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final Homes homes;
    private final Notices notices;
    private final Clock clock;

    CancelOffers(Offers offers, Applications applications, Decisions decisions, Waitlist waitlist, Homes homes,
            Notices notices, Clock clock) {
        this.offers = offers;
        this.applications = applications;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.homes = homes;
        this.notices = notices;
        this.clock = clock;
    }

    /** The bed is free afterwards, and offered to nobody yet. */
    Mono<Offer> cancel(Caller by, UUID offerId, String reason) {
        return offers.get(offerId)
                .flatMap(seen -> applications.lockUnderHome(seen.applicationId()))
                .flatMap(application -> offers.lock(offerId).flatMap(offer -> {
                    Command command = new Command.CancelOffer(offerId);
                    Lifecycle.Moved moved = Decisions.require(application, command);
                    return decisions.commit(application, application, command, moved, reason, by)
                            .flatMap(stored -> waitlist.setPhase(offer.entryId(), stored.phaseInQueues()))
                            .then(offers.move(offer, Offer.State.CANCELLED, clock.instant()))
                            .flatMap(ended -> homes.release(offer.bedId())
                                    .then(notices.send(new Notice(application.owner(), "offer-cancelled", reason,
                                            "applications/" + application.id())))
                                    .thenReturn(ended));
                }));
    }
}
