package cn.cityapis.subsidy.catalogue;

import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** For tests of other features, whose proposals are approved once the stored cases have been gone through. */
public final class StoredCases {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    // ten proposals at once; others of the same database may wait before it
    private static final int RUNS = 4;

    private StoredCases() {
    }

    public static void compare(ApplicationContext service) {
        service.getBean(CompareImpact.class).run().repeat(RUNS - 1).then().block(LONGEST);
    }
}
