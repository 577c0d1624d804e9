package cn.cityapis.eldercare;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A running service and a citizen whose applications the tests of a class follow. */
public abstract class ApplicationScene {

    @LocalServerPort
    protected int port;

    protected Walk walk;
    protected WebTestClient citizen;

    private final String name;

    protected ApplicationScene(String citizen) {
        this.name = citizen;
    }

    @BeforeEach
    void enter() {
        walk = new Walk(port);
        citizen = walk.citizen(name);
    }

    /** An assessment on the day of the last step. */
    protected Walk.Answer assess(WebTestClient by, String id, String path, int total) {
        return post(by, id, path, Walk.assessment(total, walk.get(citizen, "/applications/" + id)));
    }

    /** To the application as it stands now. */
    protected Walk.Answer post(WebTestClient by, String id, String path, @Nullable Object body) {
        return walk.post(by, "/applications/" + id + path, body, walk.get(citizen, "/applications/" + id).etag());
    }
}
