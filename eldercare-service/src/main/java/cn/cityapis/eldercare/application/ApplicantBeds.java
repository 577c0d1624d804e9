package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.platform.time.Deadline;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What an application may hold of a home's beds. The offers know; this is what its life asks of them. */
public interface ApplicantBeds {

    /** Ends the offer under way, if there is one; its bed goes to whoever is next. */
    Mono<Void> release(UUID application);

    /** The bed where he lives, if he still does, goes to whoever is next. */
    Mono<Void> vacate(UUID application);

    /** Whether a bed of a home takes somebody of that level. */
    Mono<Boolean> takes(UUID home, UUID bed, AbilityLevel level);

    /** The offer under way, if there is one, has another last day. */
    Mono<Void> moveInBy(UUID application, Deadline by);

    /** The bed that an application has been offered; empty if none. */
    Mono<UUID> offered(UUID application);
}
