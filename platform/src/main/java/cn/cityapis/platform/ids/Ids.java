package cn.cityapis.platform.ids;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.time.Clock;
import java.util.UUID;

/** Makes UUIDv7: in order of time, so that an index grows at its end. */
public final class Ids {

    private final TimeOrderedEpochFactory factory;

    public Ids(Clock clock) {
        factory = TimeOrderedEpochFactory.builder().withClock(clock).build();
    }

    public UUID next() {
        return factory.create();
    }
}
