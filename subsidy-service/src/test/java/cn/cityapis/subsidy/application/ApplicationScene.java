package cn.cityapis.subsidy.application;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A person who applies, the offices that decide, and an application at each step. */
@ServiceTest(properties = "subsidy.jobs.every=PT10M")
abstract class ApplicationScene {

    private static final AtomicInteger SERIAL = new AtomicInteger(100);

    @LocalServerPort
    int port;
    @Autowired
    DevelopmentClock clock;

    String subject = "";
    String idNumber = "";
    Api citizen = Api.as(0, "");

    @BeforeEach
    void aPersonOfHisOwn() {
        clock.moveTo(LocalDate.of(2026, 11, 21).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        subject = "citizen-" + UUID.randomUUID();
        idNumber = People.idNumber("19940502", SERIAL.incrementAndGet());
        citizen = Api.as(port, People.citizen(subject));
    }

    Api district() {
        return Api.as(port, People.district("371002"));
    }

    Api city() {
        return Api.as(port, People.city());
    }

    static String path(Answer application) {
        return "/applications/" + application.text("/id");
    }

    Answer draft() {
        return citizen.post("/applications", Api.newApplication(idNumber)).is(201);
    }

    Answer submitted() {
        Answer draft = draft();
        return citizen.post(path(draft) + "/submissions", null, draft).is(200);
    }

    Answer approved() {
        Answer submitted = submitted();
        Answer first = district().post(path(submitted) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
        return city().post(path(first) + "/reviews", "{\"decision\": \"pass\"}", first).is(200);
    }
}
