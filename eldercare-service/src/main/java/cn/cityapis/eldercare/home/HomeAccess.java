package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whose a home is. What is behind its doors does not exist to anybody else. */
@Component
public class HomeAccess {

    private final Homes homes;

    HomeAccess(Homes homes) {
        this.homes = homes;
    }

    /** For its operator; 404 for all others. */
    public Mono<Home> own(Caller caller, UUID id) {
        return homes.get(id).filter(home -> operates(caller, home)).switchIfEmpty(notFound());
    }

    /** Locked for its operator; 404 for all others. */
    public Mono<Home> lockOwn(Caller caller, UUID id) {
        return own(caller, id).then(homes.lock(id));
    }

    /** For its operator, the offices above it and the auditor (第七条); 404 for all others. */
    public Mono<Home> overseen(Caller caller, UUID id) {
        return homes.get(id).filter(home -> operates(caller, home) || oversees(caller, home))
                .switchIfEmpty(notFound());
    }

    /** Locked for the offices above it; 404 for all others. */
    public Mono<Home> lockOverseen(Caller caller, UUID id) {
        return homes.get(id).filter(home -> oversees(caller, home)).switchIfEmpty(notFound()).then(homes.lock(id));
    }

    /** Locked for its operator, as long as it takes anybody; 404 for all others, 409 once it is closed. */
    public Mono<Home> lockOwnOpen(Caller caller, UUID id) {
        return lockOwn(caller, id).doOnNext(HomeAccess::requireOpen);
    }

    /** 409 once it is closed. */
    public static void requireOpen(Home home) {
        if (home.closedAt() != null) {
            throw ProblemException.of(EldercareProblem.HOME_CLOSED, home.name() + "已停止运营")
                    .with("closedAt", home.closedAt());
        }
    }

    public static boolean operates(Caller caller, Home home) {
        return caller.hasRole("home-operator") && caller.isOf(home.org());
    }

    /** A district its own homes, the city all. */
    public static boolean oversees(Caller caller, Home home) {
        return caller.hasRole("city") || caller.hasRole("auditor")
                || caller.hasRole("district") && caller.isOf(home.districtCode());
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND));
    }
}
