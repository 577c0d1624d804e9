package cn.cityapis.policy;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A running service that the tests of a class call. */
public abstract class PolicyScene {

    @LocalServerPort
    protected int port;
    protected Policy policy;

    @BeforeEach
    void call() {
        policy = new Policy(port);
    }
}
