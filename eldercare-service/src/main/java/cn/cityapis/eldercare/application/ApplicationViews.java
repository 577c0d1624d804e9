package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.ExpectedWaitRules;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.time.Deadline;
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
    private final Homes homes;
    private final Materials materials;
    private final Decisions decisions;
    private final Clock clock;

    ApplicationViews(RuleBooks books, Waitlist waitlist, Homes homes, Materials materials, Decisions decisions,
            Clock clock) {
        this.books = books;
        this.waitlist = waitlist;
        this.homes = homes;
        this.materials = materials;
        this.decisions = decisions;
        this.clock = clock;
    }

    public Mono<ApplicationView> view(Application application) {
        return books.current().flatMap(book -> entries(application, book)
                .flatMap(entries -> Mono.zip(materials.of(application.id()), decisions.of(application.id()))
                        .map(rest -> view(application, book, entries, rest.getT1(), rest.getT2()))));
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
                waitlist.flow(entry.homeId(), entry.channel(), today.minusDays(book.options().flowDays()), today))
                .map(found -> new ApplicationView.EntryView(entry.homeId(), name, entry.queueNumber(), entry.phase(),
                        found.getT1(), ExpectedWaitRules.estimate(entry.channel(), found.getT1().inChannel() - 1,
                                found.getT2(), book.options().leastPlacements()),
                        null));
    }

    private ApplicationView view(Application application, RuleBook book, List<ApplicationView.EntryView> entries,
            List<Material> provided, List<Decision> decided) {
        Dossier dossier = application.dossier();
        return new ApplicationView(application.id(), application.state().name(),
                Lifecycle.possible(application.state()), masked(dossier.form().applicant()), dossier.channel(),
                dossier.level() == null ? null : dossier.level().name(),
                AssessmentFee.of(dossier.categories(), dossier.level(), book.options().exemptFeePayer()),
                application.state() instanceof ApplicationState.Incomplete incomplete
                        ? incomplete.missing()
                        : List.of(),
                deadlines(application.state()), entries, offerOf(application.state()), provided, decided,
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
        return switch (state) {
            case ApplicationState.Offered offered -> offered.offerId();
            case ApplicationState.OfferAccepted accepted -> accepted.offerId();
            case ApplicationState.PapersChecked checked -> checked.offerId();
            case ApplicationState.Draft s -> null;
            case ApplicationState.Incomplete s -> null;
            case ApplicationState.Submitted s -> null;
            case ApplicationState.Qualified s -> null;
            case ApplicationState.Waiting s -> null;
            case ApplicationState.Admitted s -> null;
            case ApplicationState.Rejected s -> null;
            case ApplicationState.Withdrawn s -> null;
            case ApplicationState.Forfeited s -> null;
        };
    }

    private static List<ApplicationView.DeadlineView> deadlines(ApplicationState state) {
        return switch (state) {
            case ApplicationState.Submitted submitted ->
                List.of(deadline(ApplicationView.DeadlineView.Kind.REVIEW, submitted.reviewBy(), 13));
            case ApplicationState.Waiting waiting -> List.of(objection(waiting));
            case ApplicationState.Offered offered -> List.of(moveIn(offered.moveInBy()), objection(offered.before()));
            case ApplicationState.OfferAccepted accepted ->
                List.of(moveIn(accepted.moveInBy()), objection(accepted.before()));
            case ApplicationState.PapersChecked checked -> List.of(moveIn(checked.moveInBy()));
            case ApplicationState.Draft s -> List.of();
            case ApplicationState.Incomplete s -> List.of();
            case ApplicationState.Qualified s -> List.of();
            case ApplicationState.Admitted s -> List.of();
            case ApplicationState.Rejected s -> List.of();
            case ApplicationState.Withdrawn s -> List.of();
            case ApplicationState.Forfeited s -> List.of();
        };
    }

    private static ApplicationView.DeadlineView objection(ApplicationState.Waiting waiting) {
        return deadline(ApplicationView.DeadlineView.Kind.OBJECTION, waiting.objectionBy(), 18);
    }

    private static ApplicationView.DeadlineView moveIn(Deadline by) {
        return deadline(ApplicationView.DeadlineView.Kind.MOVE_IN, by, 24);
    }

    private static ApplicationView.DeadlineView deadline(ApplicationView.DeadlineView.Kind kind, Deadline deadline,
            int article) {
        return new ApplicationView.DeadlineView(kind, deadline.lastDay(), deadline.provisional(),
                Citation.article(article));
    }
}
