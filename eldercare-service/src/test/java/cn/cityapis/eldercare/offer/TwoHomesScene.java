package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** A home with a type of beds, and another home. */
abstract class TwoHomesScene {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    HomeScene scene;
    HomeScene other;
    Walk walk;
    String nursing;

    @BeforeEach
    void open() {
        scene = new HomeScene(port, database);
        other = new HomeScene(port, database);
        walk = scene.walk;
        nursing = scene.type("NURSING", 200_000, "MODERATE");
    }

    static void refused(Walk.Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body().toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
