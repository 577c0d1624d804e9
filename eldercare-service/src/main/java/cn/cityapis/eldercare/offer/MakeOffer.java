package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.OfferedBed;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes the offer that was chosen, in the caller's transaction, which holds home and application. */
@Component
class MakeOffer {

    private final Homes homes;
    private final Offers offers;
    private final Applications applications;
    private final Decisions decisions;
    private final RuleBooks books;
    private final Waitlist waitlist;
    private final PublishBeds publish;
    private final Outbox outbox;
    private final Notices notices;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    MakeOffer(Homes homes, Offers offers, Applications applications, Decisions decisions, RuleBooks books,
            Waitlist waitlist, PublishBeds publish, Outbox outbox, Notices notices, Audit audit,
            WorkingCalendar calendar,
            Ids ids, Clock clock) {
        this.homes = homes;
        this.offers = offers;
        this.applications = applications;
        this.decisions = decisions;
        this.books = books;
        this.waitlist = waitlist;
        this.publish = publish;
        this.outbox = outbox;
        this.notices = notices;
        this.audit = audit;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What the two offers to a couple have in common; time runs between them, and both must have the same last day.
     *
     * @param pair null if one is offered a bed alone
     */
    record Occasion(Instant at, @Nullable UUID pair) {
    }

    Mono<Offer> make(Caller by, Bed bed, Entry entry, List<Candidate> candidates, Application application,
            Occasion occasion) {
        return books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> {
            Offer offer = draft(by, bed, entry, book, occasion.at());
            Command command = new Command.MakeOffer(offer.id(), bed.homeId(), offer.moveInBy());
            Lifecycle.Moved moved = Decisions.require(application, command);
            return offers.insert(offer, candidates, Objects.requireNonNull(applications.personIndex(application)),
                    occasion.pair())
                    .then(homes.move(bed.id(), Bed.State.FREE, Bed.State.OFFERED))
                    .doOnNext(MakeOffer::requireMoved)
                    .then(waitlist.offered(entry.id(), offer.id(), facts(bed)))
                    .then(decisions.commit(application, application, command, moved,
                            "按轮候次序通知入住，床位 " + bed.label(), by))
                    .flatMap(stored -> tell(by, offer, stored))
                    .then(publish.changed(bed.homeId()))
                    .then(offers.get(offer.id()));
        });
    }

    private Offer draft(Caller by, Bed bed, Entry entry, RuleBook book, Instant at) {
        Deadline moveInBy = calendar.workingDaysAfter(LocalDate.ofInstant(at, clock.getZone()),
                book.options().moveInWorkingDays());
        return new Offer(ids.next(), 1, bed.homeId(), bed.id(), entry.id(), entry.applicationId(), Offer.State.OPEN,
                at, by.subject(), moveInBy, null);
    }

    private Mono<Void> tell(Caller by, Offer offer, Application application) {
        return outbox.publish("eldercare.offer.made", "offers/" + offer.id(),
                Map.of("offerId", offer.id(), "homeId", offer.homeId(), "bedId", offer.bedId()))
                .then(notices.send(new Notice(application.owner(), "offer-made",
                        "已为您安排床位，请在 " + offer.moveInBy().lastDay() + " 前办理入住手续，逾期视为放弃", "offers/" + offer.id())))
                .then(audit.record(by, "offer.make", "offer", offer.id().toString(), Map.of("bedId", offer.bedId())));
    }

    private static OfferedBed facts(Bed bed) {
        return new OfferedBed(bed.id(), bed.type().kind(), bed.type().levels(), bed.sex(), bed.emergency());
    }

    private static void requireMoved(boolean moved) {
        if (!moved) {
            throw ProblemException.of(EldercareProblem.BED_NOT_FREE);
        }
    }
}
