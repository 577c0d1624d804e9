package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whose an application is. To everybody else it does not exist. */
@Component
public class ApplicationAccess {

    private final Applications applications;
    private final Waitlist waitlist;
    private final Homes homes;

    ApplicationAccess(Applications applications, Waitlist waitlist, Homes homes) {
        this.applications = applications;
        this.waitlist = waitlist;
        this.homes = homes;
    }

    /** The citizen who filed it, those who work on it, and the offices above them; 404 for all others. */
    public Mono<Application> readable(Caller caller, UUID id) {
        return applications.find(id)
                .filterWhen(application -> mayRead(caller, application))
                .switchIfEmpty(notFound());
    }

    /** Locked for a change by the citizen who filed it; 404 for all others. */
    public Mono<Application> lockOwn(Caller caller, UUID id) {
        return applications.lock(id).filter(application -> isOwner(caller, application)).switchIfEmpty(notFound());
    }

    /** Locked, with its homes, for the operator of the home that reviews it; 404 for all others. */
    public Mono<Application> holdReviewed(Caller caller, UUID id) {
        return hold(id, application -> isReviewedBy(caller, application));
    }

    private Mono<Boolean> isReviewedBy(Caller caller, Application application) {
        return application.reviewHome() == null
                ? Mono.just(false)
                : homes.get(application.reviewHome()).map(home -> caller.isOf(home.org()));
    }

    /** Locked, with the homes of its queues before it, for a change of its places by the citizen who filed it. */
    public Mono<Application> holdOwn(Caller caller, UUID id) {
        return hold(id, application -> Mono.just(isOwner(caller, application)));
    }

    /** Locked, with its homes, for the agency that it was referred to; 404 for all others. */
    public Mono<Application> holdAssessed(Caller caller, UUID id) {
        return hold(id, application -> Mono.just(caller.isOf(application.agencyOrg())));
    }

    /** Locked, with its homes, for the agency that looks again, or would if asked; 404 for all others. */
    public Mono<Application> holdRechecked(Caller caller, UUID id) {
        return hold(id, application -> {
            String again = application.recheckOrg();
            return Mono.just(caller.isOf(again == null ? application.agencyOrg() : again));
        });
    }

    /** Locked, with its homes, for those who call to the assessment: the agency or the reviewing home (第十六条). */
    public Mono<Application> holdCalled(Caller caller, UUID id) {
        return hold(id, application -> caller.isOf(application.agencyOrg())
                ? Mono.just(true)
                : isReviewedBy(caller, application));
    }

    /** Locked, with its homes, for the home where he lives or, before, one in whose queue it is or was, its district, or the city. */
    public Mono<Application> holdWorkedOn(Caller caller, UUID id) {
        return hold(id, application -> mayWorkOn(caller, application));
    }

    private Mono<Boolean> mayWorkOn(Caller caller, Application application) {
        return application.submittedAt() == null
                ? Mono.just(false)
                : caller.hasRole("city") ? Mono.just(true) : worksOnAny(caller, application);
    }

    /** Homes before the application, those of ended places too: a bed there may become free with the change. */
    private Mono<Application> hold(UUID id, Function<Application, Mono<Boolean>> allowed) {
        return applications.find(id).filterWhen(allowed)
                .flatMap(seen -> homes.lockAll(homeIds(seen, List.of()), List.of(id)).then(applications.lock(id)))
                .filterWhen(allowed)
                .switchIfEmpty(notFound());
    }

    /** All that was ever filed for the person, locked, for those who may work on one of them; 404 for all others. */
    Mono<List<Application>> holdPersonWorkedOn(Caller caller, UUID id) {
        return applications.find(id).filterWhen(seen -> mayWorkOn(caller, seen))
                .flatMap(seen -> holdPerson(id, List.of()))
                .filterWhen(held -> Flux.fromIterable(held).filter(each -> each.id().equals(id)).next()
                        .flatMap(each -> mayWorkOn(caller, each)))
                .switchIfEmpty(notFound());
    }

    /**
     * All that was ever filed for the person of an application, locked, with their homes and these besides: for what
     * concerns the person and not one round. The caller has been let in, and holds nothing yet.
     */
    public Mono<List<Application>> holdPerson(UUID id, List<UUID> besides) {
        return applications.ofSamePerson(id).flatMap(seen -> {
            List<UUID> ids = seen.stream().map(Application::id).toList();
            Stream<UUID> known = seen.stream().flatMap(each -> homeIds(each, List.of()).stream());
            return homes.lockAll(Stream.concat(known, besides.stream()).toList(), ids)
                    .thenMany(Flux.fromIterable(ids)).concatMap(applications::lock).collectList();
        });
    }

    public static boolean isOwner(Caller caller, Application application) {
        return caller.isCitizen() && caller.subject().equals(application.owner());
    }

    /** As {@link #readable}, and the agency that assessed him, while it may tell him of an offer (第二十四条). */
    public Mono<Application> readableWithOffer(Caller caller, UUID id) {
        return applications.find(id)
                .filterWhen(application -> mayTellOfOffer(caller, application)
                        ? Mono.just(true)
                        : mayRead(caller, application))
                .switchIfEmpty(notFound());
    }

    private static boolean mayTellOfOffer(Caller caller, Application application) {
        return caller.hasRole("assessor") && caller.isOf(application.agencyOrg())
                && application.state() instanceof ApplicationState.WithOffer;
    }

    private Mono<Boolean> mayRead(Caller caller, Application application) {
        if (isOwner(caller, application) || caller.hasRole("assessor") && hasToAssess(caller, application)) {
            return Mono.just(true);
        }
        boolean draft = application.submittedAt() == null;
        if (draft || caller.org() == null) {
            return Mono.just(false);
        }
        if (caller.hasRole("city") || caller.hasRole("auditor")) {
            return Mono.just(true);
        }
        return worksOnAny(caller, application);
    }

    /** The agency that he is called to, until it has assessed him, and the one that looks again, until it has. */
    private static boolean hasToAssess(Caller caller, Application application) {
        boolean called = application.state() instanceof ApplicationState.Qualified
                || application.state() instanceof ApplicationState.AssessmentBooked;
        Recheck recheck = application.recheck();
        return called && caller.isOf(application.agencyOrg())
                || recheck != null && recheck.endedAt() == null && caller.isOf(recheck.agencyOrg());
    }

    /** To homes in whose queues he stood before he moved in elsewhere, he is nothing any more. */
    private Mono<Boolean> worksOnAny(Caller caller, Application application) {
        Mono<List<UUID>> concerned = application.state() instanceof ApplicationState.Admitted admitted
                ? Mono.just(List.of(admitted.homeId()))
                : waitlist.of(application.id()).map(entries -> homeIds(application, entries));
        return concerned.flatMap(homes::all)
                .map(found -> found.stream().anyMatch(home -> worksOn(caller, home)));
    }

    private static boolean worksOn(Caller caller, Home home) {
        return caller.hasRole("home-operator") && caller.isOf(home.org())
                || caller.hasRole("district") && caller.isOf(home.districtCode());
    }

    /** Where it is reviewed, where it waits or waited, and where he lives, which may be another after a move (第二十三条). */
    private static List<UUID> homeIds(Application application, List<Entry> entries) {
        UUID lives = application.state() instanceof ApplicationState.Admitted admitted ? admitted.homeId() : null;
        return Stream.concat(Stream.of(Optional.ofNullable(application.reviewHome()), Optional.ofNullable(lives))
                .flatMap(Optional::stream), entries.stream().map(Entry::homeId)).toList();
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND));
    }
}
