package cn.cityapis.policy;

import cn.cityapis.platform.test.AccessMatrix;
import cn.cityapis.platform.test.InputMatrix;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.subscription.Subscribing;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation with every kind of bad input, and as every kind of caller. */
@ServiceTest
class InputMatrixTest {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> everyOperationRefusesTheWrongCaller() {
        return AccessMatrix.of(port, "policy");
    }

    @TestFactory
    Stream<DynamicContainer> everyOperationRefusesBadInput() {
        return InputMatrix.of(port, "policy", InputMatrixTest.class)
                .object("subscriptionId", Subscribing.as(port, Tokens.citizen("right-one")).toThePharmacies())
                .repeated("subscription.SubscriptionApiTest.makesOneSubscriptionPerKey", "createSubscription")
                .openToAll("文件是公开的",
                        operation -> operation.access().scope().equals("policy.read")
                                && !operation.path().contains("/subscriptions"))
                .openToAll("装载由管理员共同查看", operation -> operation.access().scope().equals("policy.admin"))
                .openToAll("核定由政策办公室共同查看", operation -> operation.access().scope().equals("policy.decide"))
                .repeated("decision.DecisionApiTest.decidesAndRevokesOncePerKey", "createDecision", "revokeDecision")
                .repeated("load.LoadApiTest.queuesOncePerKey", "createLoad")
                .repeated("load.LoadApiTest.loadsAgainWhatItHasKept", "loadAgain")
                .tests();
    }
}
