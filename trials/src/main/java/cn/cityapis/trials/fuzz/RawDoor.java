package cn.cityapis.trials.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What is hardly HTTP, written to the gateway's port: refused or cut off, in time, without a word about the inside. */
final class RawDoor {

    private static final List<String> LINES = List.of("GET / HTTP/9.9\r\nHost: x\r\n\r\n", "\0\0\0\0\r\n\r\n",
            "GET /api/policy/v1/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/policy/v1/documents?q=\u00ff HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET //api//policy HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/policy/v1/\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Odd: \u0000\u0001\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", "BREW /api/policy/v1/documents HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \r\n\r\n",
            "GET /api/policy/v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \u00ff\u00fe\r\n\r\n");
    private static final int PATIENCE_MILLIS = 8_000;
    private static final int SHORT_LINE = 12;

    private final String host;
    private final int port;

    RawDoor(String host, int port) {
        this.host = host;
        this.port = port;
    }

    static String line(RandomGenerator chance) {
        return switch (chance.nextInt(8)) {
            case 0 -> "GET /" + "x".repeat(1 << (10 + chance.nextInt(8))) + " HTTP/1.1\r\nHost: x\r\n\r\n";
            case 1 -> "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(1 << (10 + chance.nextInt(8))) + "\r\n\r\n";
            default -> OddValues.pick(LINES, chance);
        };
    }

    /** What is wrong with the answer; a connection closed without one is right. */
    Optional<String> fault(String line) {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(line.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readNBytes(SHORT_LINE), ISO_8859_1);
            return answer.matches("(?s)HTTP/1\\.. 5.*") ? Optional.of(answer) : Optional.empty();
        } catch (SocketTimeoutException e) {
            // an unfinished body is waited for: the server's own limit ends it
            return line.contains("Content-Length") || line.contains("chunked")
                    ? Optional.empty()
                    : Optional.of("no answer");
        } catch (IOException closed) {
            return Optional.empty();
        }
    }
}
