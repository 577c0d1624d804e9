package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.home.Stays;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** From acceptance to moving in: papers and examination checked, fees agreed, the bed taken (第二十一条, 第二十二条). */
@Component
class MoveIn {

    private final Offers offers;
    private final Applications applications;
    private final ApplicationAccess access;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final Homes homes;
    private final Stays stays;
    private final OfferBed offering;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    MoveIn(Offers offers, Applications applications, ApplicationAccess access, Decisions decisions, Waitlist waitlist,
            Homes homes, Stays stays, OfferBed offering, Audit audit, Ids ids, Clock clock) {
        this.offers = offers;
        this.applications = applications;
        this.access = access;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.homes = homes;
        this.stays = stays;
        this.offering = offering;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Offer> accept(Caller caller, UUID offerId, IfMatch ifMatch) {
        return offers.get(offerId)
                .flatMap(seen -> access.lockOwn(caller, seen.applicationId()))
                .flatMap(application -> step(caller, application, offerId, ifMatch, new Command.AcceptOffer(offerId),
                        Offer.State.ACCEPTED, "申请人接受床位安排"))
                .flatMap(offer -> homes.move(offer.bedId(), Bed.State.OFFERED, Bed.State.RESERVED).thenReturn(offer));
    }

    /** @param problems what is not in order; refuses with all of it */
    Mono<Offer> checkPapers(Caller caller, UUID offerId, IfMatch ifMatch, List<Violation> problems, long monthlyFen) {
        return offers.get(offerId)
                .flatMap(seen -> lockForHome(caller, seen))
                .doOnNext(application -> requireInOrder(problems))
                .flatMap(application -> requirePublished(offerId, monthlyFen).thenReturn(application))
                .flatMap(application -> step(caller, application, offerId, ifMatch, new Command.CheckPapers(offerId),
                        Offer.State.PAPERS_CHECKED, "入住材料原件、体检资料已核验，每月费用 " + monthlyFen + " 分已约定"));
    }

    /** Moving in ends his places in the other homes' queues, and whatever bed he had: nobody has two. */
    Mono<Offer> admit(Caller caller, UUID offerId, IfMatch ifMatch) {
        return offers.get(offerId)
                .flatMap(seen -> lockHomes(seen).then(lockForHome(caller, seen))
                        .flatMap(application -> step(caller, application, offerId,
                                ifMatch, new Command.Admit(offerId, seen.bedId(), LocalDate.now(clock)),
                                Offer.State.COMPLETED, "已办理入住")))
                .flatMap(offer -> homes.move(offer.bedId(), Bed.State.RESERVED, Bed.State.OCCUPIED)
                        .then(waitlist.end(offer.entryId(), EndReason.ADMITTED, clock.instant()))
                        .then(waitlist.endAll(offer.applicationId(), EndReason.ADMITTED_ELSEWHERE, clock.instant()))
                        .then(leaveFormerBeds(caller, offer))
                        .then(begin(caller, offer))
                        .thenReturn(offer));
    }

    /** All whose queues or beds may change. */
    private Mono<Void> lockHomes(Offer offer) {
        return stays.runningOfPerson(offer.applicationId())
                .flatMap(lives -> homes.lockAll(lives.stream().map(Stay::homeId).toList(),
                        List.of(offer.applicationId())));
    }

    private Mono<Void> leaveFormerBeds(Caller caller, Offer offer) {
        return stays.runningOfPerson(offer.applicationId())
                .flatMapMany(Flux::fromIterable)
                .concatMap(stay -> stays.endOf(stay.bedId(), Stay.End.MOVED, "轮候到床位，转为正式入住", clock.instant(), caller)
                        .then(homes.vacated(stay.bedId()))
                        .then(offering.freed(Caller.system("bed-freed"), stay.homeId(), stay.bedId())))
                .then();
    }

    private Mono<Void> begin(Caller caller, Offer offer) {
        return homes.bed(offer.homeId(), offer.bedId())
                .flatMap(bed -> stays.begin(new Stays.Begin(ids.next(), bed, offer.applicationId(),
                        bed.emergency() ? Stay.Purpose.SPECIAL_CHANNEL : Stay.Purpose.ADMISSION,
                        bed.emergency() ? "特殊保障通道入住，没有其他适合的空床（第二十五条）" : "按轮候次序入住（第二十条）", null,
                        clock.instant()), caller));
    }

    private Mono<Application> lockForHome(Caller caller, Offer offer) {
        return homes.get(offer.homeId())
                .filter(home -> caller.isOf(home.org()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .then(applications.lock(offer.applicationId()));
    }

    private Mono<Offer> step(Caller caller, Application application, UUID offerId, IfMatch ifMatch, Command command,
            Offer.State to, String reason) {
        return offers.lock(offerId).doOnNext(offer -> ifMatch.require(offer.version())).flatMap(offer -> {
            Lifecycle.Moved moved = Decisions.require(application, command);
            return decisions.commit(application, application, command, moved, reason, caller)
                    .then(offers.move(offer, to, clock.instant()))
                    .flatMap(next -> audit.record(caller, "offer." + to, "offer", offerId.toString(), Map.of())
                            .thenReturn(next));
        });
    }

    /** 第二十二条: what is agreed may not be more than what the home publishes today for that bed. */
    private Mono<Void> requirePublished(UUID offerId, long monthlyFen) {
        return offers.get(offerId)
                .flatMap(offer -> Mono.zip(homes.get(offer.homeId()), homes.bed(offer.homeId(), offer.bedId())))
                .doOnNext(found -> {
                    long most = FeeRules.published(found.getT2().type(), found.getT1().feeItems());
                    if (monthlyFen > most) {
                        throw ProblemException
                                .of(EldercareProblem.FEE_ABOVE_PUBLISHED,
                                        "约定每月 " + monthlyFen + " 分，高于公示的床位费与各项收费之和 " + most + " 分（第二十二条）")
                                .with("publishedMonthlyFen", most);
                    }
                })
                .then();
    }

    private static void requireInOrder(List<Violation> problems) {
        if (!problems.isEmpty()) {
            throw ProblemException.of(EldercareProblem.PAPERS_INCOMPLETE, "有 " + problems.size() + " 项入住材料不齐全（第二十一条）",
                    problems);
        }
    }
}
