package cn.cityapis.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(classes = SampleApplication.class)
@ExtendWith(OutputCaptureExtension.class)
class RequestTraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @LocalServerPort
    int port;

    @Test
    void whatTheServiceLogsOfARequestCarriesTheTraceOfTheGateway(CapturedOutput output) {
        Apis.client(port, Tokens.citizen("c").scopes("sample.read").token()).get().uri("/api/sample/v1/things/broken")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01").exchange().expectStatus().isEqualTo(500);
        assertThat(output.getAll().lines().filter(line -> line.contains("GET /api/sample/v1/things/broken failed")))
                .hasSize(1).allSatisfy(line -> assertThat(line).contains("[" + TRACE + "]"));
    }

    @Test
    void whoBringsNoTraceIsLoggedWithoutOne() {
        assertThat(new RequestTrace(null)).satisfies(none -> none.during(
                () -> assertThat(org.slf4j.MDC.get("traceId")).isNull()));
        assertThat(RequestTrace.withoutNumbers("/a/379999194103071234/b")).isEqualTo("/a/***/b");
    }
}
