package cn.cityapis.platform.security;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.AccessMatrix;
import cn.cityapis.platform.test.ServiceTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(classes = SampleApplication.class)
class AccessMatrixTest {

    @LocalServerPort
    int port;

    @TestFactory
    Stream<DynamicTest> everyOperationByEveryKindOfCaller() {
        return AccessMatrix.of(port, "sample").filter(test -> !test.getDisplayName().contains("broken"));
    }
}
