package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A connection goes on after a request that was refused while an earlier one was still being finished. Reactor Netty
 * before 1.3.8 stopped reading it (reactor/reactor-netty#4361): the gateway's next request on it was never answered.
 */
@ServiceTest(classes = SampleApplication.class)
class KeepAliveTest {

    private static final String REFUSED = """
            PUT /api/sample/v1/things/1 HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: 2\r
            \r
            {}""";

    @LocalServerPort
    private int port;

    @Test
    void aConnectionAnswersWhateverComesAfterARefusal() throws IOException {
        String answeredByTheDatabase = "GET /api/sample/v1/things?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Tokens.citizen("c1").scopes("sample.read").token() + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.setTcpNoDelay(true);
            BufferedReader answers = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 600; i++) {
                send(socket, answeredByTheDatabase);
                assertThat(status(answers)).as("request %d", i).isEqualTo(200);
                send(socket, REFUSED);
                assertThat(status(answers)).as("request %d", i).isEqualTo(401);
            }
        }
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static int status(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        int status = Integer.parseInt(line.split(" ")[1]);
        int bytes = 0;
        while (!(line = answers.readLine()).isEmpty()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                bytes = Integer.parseInt(line.substring(15).strip());
            }
        }
        while (bytes > 0) {
            bytes -= Character.toString(answers.read()).getBytes(StandardCharsets.UTF_8).length;
        }
        return status;
    }
}
