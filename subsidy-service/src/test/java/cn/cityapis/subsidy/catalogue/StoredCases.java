package cn.cityapis.subsidy.catalogue;

import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** For tests of other features, whose proposals are approved once the stored cases have been gone through. */
public final class StoredCases {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int TRIES = 40;

    private StoredCases() {
    }

    /** Ten proposals at once; the job of a service that has just begun may hold the lock. */
    public static void compare(ApplicationContext service) {
        Mono<Long> queued = service.getBean(DatabaseClient.class)
                .sql("SELECT count(*) FROM scheme_proposal WHERE impact_state = 'queued'").mapValue(Long.class).one();
        service.getBean(CompareImpact.class).run().then(Mono.defer(() -> queued))
                .repeatWhen(again -> again.delayElements(Duration.ofMillis(250))).take(TRIES)
                .takeUntil(left -> left == 0).then().block(LONGEST);
    }
}
