package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands an application in: either everything missing is named at once, or it joins the queues (第十三条). */
@Component
class SubmitApplication {

    private final ApplicationAccess access;
    private final RuleBooks books;
    private final FormChecks checks;
    private final Materials materials;
    private final Applications applications;
    private final Homes homes;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final QueuePlaces places;
    private final Notices notices;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    SubmitApplication(ApplicationAccess access, RuleBooks books, FormChecks checks, Materials materials,
            Applications applications, Homes homes, Decisions decisions,
            Waitlist waitlist, QueuePlaces places, Notices notices, WorkingCalendar calendar, Ids ids,
            Clock clock) {
        this.access = access;
        this.books = books;
        this.checks = checks;
        this.materials = materials;
        this.applications = applications;
        this.homes = homes;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.places = places;
        this.notices = notices;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Application> submit(Caller caller, UUID id, IfMatch ifMatch) {
        return access.readable(caller, id)
                .flatMap(seen -> homes.lockAll(seen.dossier().form().homeIds(), List.of(id))
                        .then(access.lockOwn(caller, id))
                        .doOnNext(application -> requireUnchanged(seen, application)))
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> {
                    LocalDate today = LocalDate.now(clock);
                    boolean first = application.state() instanceof ApplicationState.Draft;
                    return book(application, today)
                            .flatMap(book -> materials.kinds(id).flatMap(provided -> decide(caller,
                                    first ? application.under(book.id(), today) : application, book, provided, today)));
                });
    }

    /** The homes that are held are those that were chosen when it was looked at. */
    private static void requireUnchanged(Application seen, Application locked) {
        if (seen.version() != locked.version()) {
            throw ProblemException.of(CommonProblem.STALE);
        }
    }

    /** The book of the day on which it is first handed in; that may still be completed after it has ended. */
    private Mono<RuleBook> book(Application application, LocalDate today) {
        return application.state() instanceof ApplicationState.Draft
                ? books.takingThisApplication(today)
                : books.of(application.ruleBookId(), application.handedInOn());
    }

    private Mono<Application> decide(Caller caller, Application application, RuleBook book,
            Set<MaterialKind> provided, LocalDate today) {
        Instant now = clock.instant();
        ApplicationForm form = application.dossier().form();
        List<Missing> missing = new ArrayList<>(
                CompletenessRules.missing(form, provided, today, book.options()));
        // a draft may have been written by a token of another number, or of none
        checks.notOwn(form, caller).ifPresent(each -> missing
                .add(new Missing(each.pointer(), each.code(), each.detail(), Citation.article(13))));
        Command.Submit command = new Command.Submit(missing, now,
                calendar.workingDaysAfter(today, book.options().reviewWorkingDays()));
        Lifecycle.Moved moved = Decisions.require(application, command);
        if (!missing.isEmpty()) {
            String reason = "申请资料不齐全，一次性告知 " + missing.size() + " 项";
            return decisions.commit(application, application, command, moved, reason, caller)
                    .flatMap(stored -> notify(stored, "materials-missing", reason));
        }
        return homes.all(application.dossier().form().homeIds())
                .doOnNext(found -> found.forEach(HomeAccess::requireOpen))
                .then(homes.get(application.dossier().form().homeIds().getFirst()))
                .map(home -> application.received(home.id(), home.agencyOrg(), now))
                .flatMap(received -> decisions.commit(application, received, command, moved, "申请资料齐全，已受理", caller))
                .flatMap(stored -> joinQueues(stored, now))
                .flatMap(stored -> notify(stored, "application-received", "入住申请已受理，机构将在期限内审核"));
    }

    private Mono<Application> joinQueues(Application application, Instant now) {
        ApplicationForm form = application.dossier().form();
        return places.needs(application)
                .flatMapMany(needs -> Flux.fromIterable(form.homeIds().stream().sorted().toList())
                        .concatMap(home -> waitlist.join(new Entry(ids.next(), application.id(), home, 0,
                                application.dossier().channel().channel(), now, Entry.Phase.PROVISIONAL,
                                Applications.maskedName(application), needs, null))))
                .then(Mono.just(application));
    }

    private Mono<Application> notify(Application application, String kind, String text) {
        return notices.send(new Notice(application.owner(), kind, text, "applications/" + application.id()))
                .thenReturn(application);
    }
}
