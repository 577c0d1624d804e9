package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.ExpectedWaitRules;
import cn.cityapis.eldercare.waitlist.QueueFlows;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.pii.Masking;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts together what is shown of an application. */
@Component
public class ApplicationViews {

    private final RuleBooks books;
    private final Waitlist waitlist;
    private final QueueFlows flows;
    private final Homes homes;
    private final Materials materials;
    private final Decisions decisions;
    private final Deadlines deadlines;
    private final Clock clock;

    ApplicationViews(RuleBooks books, Waitlist waitlist, QueueFlows flows, Homes homes, Materials materials,
            Decisions decisions, Deadlines deadlines, Clock clock) {
        this.books = books;
        this.waitlist = waitlist;
        this.flows = flows;
        this.homes = homes;
        this.materials = materials;
        this.decisions = decisions;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    public Mono<ApplicationView> view(Application application) {
        return books.current().flatMap(book -> entries(application, book)
                .flatMap(entries -> Mono
                        .zip(materials.of(application.id()), decisions.of(application.id()), periods(application))
                        .map(rest -> view(application, book, entries, rest.getT1(), rest.getT2(), rest.getT3()))));
    }

    private Mono<List<ApplicationView.DeadlineView>> periods(Application application) {
        return deadlines.of(application.id())
                .map(found -> found.stream().map(ApplicationView.DeadlineView::of).toList());
    }

    private Mono<List<ApplicationView.EntryView>> entries(Application application, RuleBook book) {
        return waitlist.of(application.id()).flatMap(entries -> homes.all(entries.stream().map(Entry::homeId).toList())
                .map(found -> found.stream().collect(Collectors.toMap(Home::id, Home::name)))
                .flatMap(names -> Flux.fromIterable(entries)
                        .concatMap(entry -> entryView(entry, names, book))
                        .collectList()));
    }

    private Mono<ApplicationView.EntryView> entryView(Entry entry, Map<UUID, String> names, RuleBook book) {
        String name = names.getOrDefault(entry.homeId(), "");
        if (entry.phase() == Entry.Phase.ENDED) {
            return Mono
                    .just(new ApplicationView.EntryView(entry.homeId(), name, entry.queueNumber(), entry.phase(), null,
                            null, entry.endReason()));
        }
        LocalDate today = LocalDate.now(clock);
        return Mono.zip(waitlist.position(entry),
                flows.until(entry.homeId(), entry.channel(), today, book.options().flowDays()))
                .map(found -> new ApplicationView.EntryView(entry.homeId(), name, entry.queueNumber(), entry.phase(),
                        found.getT1(), ExpectedWaitRules.estimate(entry.channel(), found.getT1().inChannel() - 1,
                                found.getT2(), book.options().leastPlacements()),
                        null));
    }

    private ApplicationView view(Application application, RuleBook book, List<ApplicationView.EntryView> entries,
            List<Material> provided, List<Decision> decided, List<ApplicationView.DeadlineView> periods) {
        Dossier dossier = application.dossier();
        return new ApplicationView(application.id(), application.state().name(),
                Lifecycle.possible(application.state()), masked(dossier.form().applicant()), dossier.channel(),
                dossier.level() == null ? null : dossier.level().name(),
                AssessmentFee.of(dossier.categories(), dossier.level(), book.options().exemptFeePayer()),
                application.state() instanceof ApplicationState.Incomplete incomplete
                        ? incomplete.missing()
                        : List.of(),
                periods, entries, offerOf(application.state()), provided, decided,
                application.submittedAt(), application.createdAt(), book.referenceOn(LocalDate.now(clock)));
    }

    private static ApplicationView.Masked masked(ApplicationForm.@Nullable Person person) {
        if (person == null) {
            return new ApplicationView.Masked("*", null, null);
        }
        return new ApplicationView.Masked(person.name() == null ? "*" : Masking.name(person.name()),
                person.idNumber() == null ? null : Masking.idNumber(person.idNumber()),
                person.phone() == null ? null : Masking.phone(person.phone()));
    }

    private static @Nullable UUID offerOf(ApplicationState state) {
        return state instanceof ApplicationState.WithOffer offered ? offered.offerId() : null;
    }
}
