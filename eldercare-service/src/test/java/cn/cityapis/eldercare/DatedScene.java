package cn.cityapis.eldercare;

import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A scene that begins at a known moment. */
public abstract class DatedScene extends ApplicationScene {

    @Autowired
    protected DevelopmentClock clock;

    private final Instant begin;
    private Instant real;

    protected DatedScene(String citizen, String begin) {
        super(citizen);
        this.begin = Instant.parse(begin);
    }

    @BeforeEach
    void moveToTheBegin() {
        real = clock.instant();
        clock.moveTo(begin);
    }

    @AfterEach
    void moveBack() {
        clock.moveTo(real);
    }
}
