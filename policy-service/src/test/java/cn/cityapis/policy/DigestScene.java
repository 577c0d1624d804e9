package cn.cityapis.policy;

import cn.cityapis.platform.test.ServiceTest;
import org.junit.jupiter.api.BeforeEach;

/** A running service in which the digest is loaded and found. */
@ServiceTest(properties = "policy.digest=true")
public abstract class DigestScene extends PolicyScene {

    /** The last document of the digest. */
    private static final String LAST = "威金监发〔2023〕25号";

    @BeforeEach
    void waitForTheDigest() {
        policy.search(LAST, answer -> answer.at("/items/0/number").asString("").equals(LAST));
    }
}
