package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that dies in the middle of its answer: what has come of it is not taken for the whole. */
class TornAnswerTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String CHUNKS = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

    /** Answers each request with these bytes, and ends the connection orderly or by a reset. */
    private record Dying(ServerSocket socket, String said, boolean reset) implements AutoCloseable {

        static Dying saying(String said, boolean reset) throws IOException {
            Dying dying = new Dying(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), said, reset);
            Thread.ofVirtual().start(dying::serve);
            return dying;
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket caller = socket.accept()) {
                    caller.setSoLinger(reset, 0);
                    caller.getInputStream().read(new byte[8192]);
                    caller.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                    caller.getOutputStream().flush();
                    Thread.sleep(200);
                } catch (IOException gone) {
                    continue;
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        RunningGateway gateway() {
            return RunningGateway.start(Map.of("POLICY_URL", "http://127.0.0.1:" + socket.getLocalPort()));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static double errors(RunningGateway gateway) {
        Matcher lines = Pattern.compile("(?m)^logback_events_total\\{level=\"error\"} (\\S+)$")
                .matcher(gateway.metrics());
        return lines.find() ? Double.parseDouble(lines.group(1)) : 0;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCallersConnectionEndsAndTheLogCallsItNoFaultOfOurs(boolean reset) throws Exception {
        for (String begun : new String[]{CHUNKS + "1\r\n[\r\n", HEAD + "Content-Length: 3\r\n\r\n["}) {
            try (Dying service = Dying.saying(begun, reset); RunningGateway gateway = service.gateway()) {
                double before = errors(gateway);
                assertThatThrownBy(() -> gateway.authorized("/api/policy/v1/x")).as(begun)
                        .isInstanceOf(UncheckedIOException.class);
                assertThat(errors(gateway)).isEqualTo(before);
            }
        }
    }

    @Test
    void beforeItsFirstByteItIsSaid() throws Exception {
        try (Dying service = Dying.saying("", true); RunningGateway gateway = service.gateway()) {
            double before = errors(gateway);
            refused(gateway.authorized("/api/policy/v1/x"), 502, "service-broken");
            assertThat(errors(gateway)).isEqualTo(before);
        }
    }
}
