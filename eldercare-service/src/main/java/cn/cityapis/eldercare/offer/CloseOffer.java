package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends an offer without moving in: refused, lapsed or withdrawn; the bed goes to the next without anyone's help. */
@Component
class CloseOffer {

    private final Offers offers;
    private final OfferBed offering;
    private final PairOffers pairs;
    private final Applications applications;
    private final ApplicationAccess access;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final Homes homes;
    private final Audit audit;
    private final Clock clock;

    CloseOffer(Offers offers, OfferBed offering, PairOffers pairs, Applications applications, ApplicationAccess access,
            Decisions decisions,
            Waitlist waitlist, Homes homes, Audit audit, Clock clock) {
        this.offers = offers;
        this.offering = offering;
        this.pairs = pairs;
        this.applications = applications;
        this.access = access;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.homes = homes;
        this.audit = audit;
        this.clock = clock;
    }

    /** 第二十四条（二）: whoever refuses the bed gives up this place in the queue. */
    Mono<Offer> refuse(Caller caller, UUID offerId, IfMatch ifMatch, String reason) {
        return offers.get(offerId)
                .flatMap(seen -> access.lockOwn(caller, seen.applicationId()))
                .flatMap(application -> offers.lock(offerId)
                        .doOnNext(offer -> ifMatch.require(offer.version()))
                        .flatMap(offer -> otherPlaces(offer).flatMap(other -> forfeit(caller, application, offer,
                                new Command.RefuseOffer(offerId, other, clock.instant()), Offer.State.REFUSED,
                                "拒绝入住：" + reason))));
    }

    /** 第二十四条（三）. Empty if it has been dealt with meanwhile. */
    Mono<Offer> lapse(UUID offerId) {
        Caller by = Caller.system("lapse-offers");
        return offers.get(offerId)
                .flatMap(seen -> applications.lock(seen.applicationId()))
                .flatMap(application -> offers.lock(offerId)
                        .filter(offer -> offer.state().isLive())
                        .filter(offer -> offer.moveInBy().enforceable(clock.instant()))
                        .flatMap(offer -> otherPlaces(offer).flatMap(other -> forfeit(by, application, offer,
                                new Command.LapseOffer(offerId, other, clock.instant()), Offer.State.LAPSED,
                                "通知入住后 5 个工作日内未办理入住手续"))));
    }

    /** 第十四条: out of all queues; an open offer ends and its bed goes on. */
    Mono<Application> withdraw(Caller caller, UUID id, IfMatch ifMatch) {
        return access.lockOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> {
                    Instant now = clock.instant();
                    Command command = new Command.Withdraw(now);
                    Lifecycle.Moved moved = Decisions.require(application, command);
                    return decisions.commit(application, application, command, moved, "申请人自愿退出轮候", caller)
                            .flatMap(stored -> waitlist.endAll(id, EndReason.WITHDRAWN, now)
                                    .then(offers.lockLiveOf(id))
                                    .flatMap(offer -> offers.move(offer, Offer.State.WITHDRAWN, now)
                                            .then(passOn(offer)))
                                    .then(audit.record(caller, "application.withdraw", "application", id.toString(),
                                            Map.of()))
                                    .thenReturn(stored));
                });
    }

    private Mono<Offer> forfeit(Caller by, Application application, Offer offer, Command command, Offer.State to,
            String reason) {
        Instant now = clock.instant();
        Lifecycle.Moved moved = Decisions.require(application, command);
        return decisions.commit(application, application, command, moved, reason, by)
                .then(waitlist.end(offer.entryId(), EndReason.FORFEITED, now))
                .then(offers.move(offer, to, now))
                .flatMap(closed -> audit.record(by, "offer." + to.name().toLowerCase(Locale.ROOT), "offer",
                        closed.id().toString(), Map.of())
                        .then(passOn(closed))
                        .thenReturn(closed));
    }

    private Mono<Boolean> otherPlaces(Offer offer) {
        return waitlist.of(offer.applicationId())
                .map(entries -> entries.stream()
                        .anyMatch(entry -> entry.phase() != Entry.Phase.ENDED && !entry.id().equals(offer.entryId())));
    }

    /** The bed is free again, is published and offered at once to whoever is next. */
    private Mono<Void> passOn(Offer offer) {
        return homes.release(offer.bedId())
                .then(pairs.left(offer))
                .then(offering.freed(Caller.system("pass-on-bed"), offer.homeId(), offer.bedId()))
                .then();
    }
}
