package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import cn.cityapis.eldercare.waitlist.ExpectedWaitRules;
import cn.cityapis.eldercare.waitlist.Flow;
import cn.cityapis.eldercare.waitlist.Position;
import cn.cityapis.eldercare.waitlist.Positions;
import cn.cityapis.eldercare.waitlist.QueueFlows;
import cn.cityapis.platform.pii.Masking;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts together what is shown of an application. */
@Component
public class ApplicationViews {

    private final RuleBooks books;
    private final Positions positions;
    private final QueueFlows flows;
    private final Materials materials;
    private final Decisions decisions;
    private final Deadlines deadlines;
    private final Clock clock;

    ApplicationViews(RuleBooks books, Positions positions, QueueFlows flows, Materials materials, Decisions decisions,
            Deadlines deadlines, Clock clock) {
        this.books = books;
        this.positions = positions;
        this.flows = flows;
        this.materials = materials;
        this.decisions = decisions;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    public Mono<ApplicationView> view(Application application) {
        return books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> Mono
                .zip(entries(application, book), materials.of(application.id()), decisions.of(application.id()),
                        periods(application, book))
                .map(all -> view(application, book, all.getT1(), all.getT2(), all.getT3(), all.getT4())));
    }

    private Mono<List<ApplicationView.DeadlineView>> periods(Application application, RuleBook book) {
        return deadlines.of(application.id())
                .map(found -> found.stream().map(running -> ApplicationView.DeadlineView.of(running, book)).toList());
    }

    /** One statement; the flow of a day is computed once, by whoever first asks after it. */
    private Mono<List<ApplicationView.EntryView>> entries(Application application, RuleBook book) {
        LocalDate today = LocalDate.now(clock);
        RuleOptions options = book.options();
        return positions.of(application.id(), today.minusDays(options.flowDays()), today.minusDays(1))
                .flatMap(places -> Flux.fromIterable(places)
                        .concatMap(place -> flow(place, today, options)
                                .map(flow -> entryView(place, flow, options))
                                .defaultIfEmpty(entryView(place, null, options)))
                        .collectList());
    }

    private Mono<Flow> flow(Positions.Standing place, LocalDate today, RuleOptions options) {
        if (place.position() == null) {
            return Mono.empty();
        }
        return place.flow() != null
                ? Mono.just(place.flow())
                : flows.until(place.homeId(), place.channel(), today, options.flowDays());
    }

    private static ApplicationView.EntryView entryView(Positions.Standing place, @Nullable Flow flow,
            RuleOptions options) {
        Position position = place.position();
        return new ApplicationView.EntryView(place.homeId(), place.homeName(), place.queueNumber(), place.phase(),
                position, position == null || flow == null
                        ? null
                        : ExpectedWaitRules.estimate(place.channel(), position.inChannel() - 1, flow,
                                options.leastPlacements()),
                place.endReason());
    }

    private ApplicationView view(Application application, RuleBook book, List<ApplicationView.EntryView> entries,
            List<Material> provided, List<Decision> decided, List<ApplicationView.DeadlineView> periods) {
        Dossier dossier = application.dossier();
        return new ApplicationView(application.id(), application.state().name(),
                Lifecycle.possible(application.state()), masked(dossier.form().applicant()),
                dossier.channel().in(book),
                dossier.level() == null ? null : dossier.level().name(),
                AssessmentFee.of(dossier.categories(), dossier.level(), book.options().exemptFeePayer()).in(book),
                application.state() instanceof ApplicationState.Incomplete incomplete
                        ? incomplete.missing().stream().map(each -> each.in(book)).toList()
                        : List.of(),
                periods, entries, offerOf(application.state()), provided,
                decided.stream().map(each -> each.in(book)).toList(),
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
