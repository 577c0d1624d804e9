package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
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

    /** Locked for the operator of the home that reviews it; 404 for all others. */
    public Mono<Application> lockReviewed(Caller caller, UUID id) {
        return applications.lock(id)
                .filterWhen(application -> application.reviewHome() == null
                        ? Mono.just(false)
                        : homes.get(application.reviewHome()).map(home -> caller.isOf(home.org())))
                .switchIfEmpty(notFound());
    }

    /** Locked for the agency that it was referred to; 404 for all others. */
    public Mono<Application> lockAssessed(Caller caller, UUID id) {
        return applications.lock(id).filter(application -> caller.isOf(application.agencyOrg()))
                .switchIfEmpty(notFound());
    }

    public static boolean isOwner(Caller caller, Application application) {
        return caller.isCitizen() && caller.subject().equals(application.owner());
    }

    private Mono<Boolean> mayRead(Caller caller, Application application) {
        if (isOwner(caller, application) || caller.hasRole("assessor") && caller.isOf(application.agencyOrg())) {
            return Mono.just(true);
        }
        boolean draft = application.submittedAt() == null;
        if (draft || caller.org() == null) {
            return Mono.just(false);
        }
        if (caller.hasRole("city") || caller.hasRole("auditor")) {
            return Mono.just(true);
        }
        return waitlist.of(application.id()).flatMap(entries -> homes.all(homeIds(application, entries)))
                .map(found -> found.stream().anyMatch(home -> worksOn(caller, home)));
    }

    private static boolean worksOn(Caller caller, Home home) {
        return caller.hasRole("home-operator") && caller.isOf(home.org())
                || caller.hasRole("district") && caller.isOf(home.districtCode());
    }

    private static List<UUID> homeIds(Application application, List<Entry> entries) {
        return Stream.concat(Stream.ofNullable(application.reviewHome()), entries.stream().map(Entry::homeId)).toList();
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND));
    }
}
