package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * 第二十四条（三） counts from the agency's notice, 第二十条 has the home give it. Both are taken; the home's stands in the offer
 * and is recorded first, so its period holds, and a later one is shown beside it with the day it would have led to.
 */
@Component
class NoteAgencyNotice {

    private final Offers offers;
    private final AgencyNotices agencyNotices;
    private final Applications applications;
    private final Homes homes;
    private final RuleBooks books;
    private final Notices notices;
    private final Outbox outbox;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    NoteAgencyNotice(Offers offers, AgencyNotices agencyNotices, Applications applications, Homes homes,
            RuleBooks books, Notices notices, Outbox outbox, Audit audit, WorkingCalendar calendar, Ids ids,
            Clock clock) {
        this.offers = offers;
        this.agencyNotices = agencyNotices;
        this.applications = applications;
        this.homes = homes;
        this.books = books;
        this.notices = notices;
        this.outbox = outbox;
        this.audit = audit;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** 404 if the applicant is not the agency's; 409 if the offer is over. */
    Mono<Offer> note(Caller caller, UUID id, AgencyNotice.Medium medium, Instant toldAt) {
        return offers.get(id)
                .flatMap(seen -> applications.lockUnderHome(seen.applicationId())
                        .filter(application -> caller.isOf(application.agencyOrg()))
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                        .flatMap(application -> offers.lock(id)
                                .doOnNext(offer -> check(offer, toldAt))
                                .flatMap(offer -> record(caller, application, offer, medium, toldAt))));
    }

    private void check(Offer offer, Instant toldAt) {
        if (!offer.state().isLive()) {
            throw ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW, "入住通知已办结").with("state", offer.state());
        }
        Violations violations = new Violations();
        if (toldAt.isAfter(clock.instant()) || toldAt.isBefore(offer.madeAt())) {
            violations.add("/toldAt", "out-of-range", "应在床位通知发出之后、现在或以前");
        }
        violations.throwIfAny();
    }

    private Mono<Offer> record(Caller caller, Application application, Offer offer, AgencyNotice.Medium medium,
            Instant toldAt) {
        return books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> {
            LocalDate last = calendar.workingDaysAfter(LocalDate.ofInstant(toldAt, clock.getZone()),
                    book.options().moveInWorkingDays()).lastDay();
            boolean conflict = !last.equals(offer.moveInBy().lastDay());
            AgencyNotice notice = new AgencyNotice(String.valueOf(caller.org()), medium, toldAt, clock.instant(), last,
                    conflict);
            return agencyNotices.insert(ids.next(), offer, notice, caller.subject())
                    .then(audit.record(caller, "offer.agency-notice", "offer", offer.id().toString(),
                            Map.of("lastDay", last.toString(), "conflict", conflict)))
                    .then(outbox.publish("eldercare.offer.agency-noticed", "offers/" + offer.id(),
                            Map.of("offerId", offer.id(), "conflict", conflict)))
                    .then(conflict ? tellHome(offer, last) : Mono.empty())
                    .thenReturn(offer);
        });
    }

    private Mono<Void> tellHome(Offer offer, LocalDate last) {
        return homes.get(offer.homeId()).flatMap(home -> notices.send(new Notice(home.org(), "agency-notice-differs",
                "评估机构另行通知了入住，自其通知起算至 " + last + "；以先登记的通知为准，最后一日仍为 " + offer.moveInBy().lastDay(),
                "offers/" + offer.id())));
    }
}
