package cn.cityapis.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection over which a body is sent as slowly as one likes. */
final class SlowClient implements AutoCloseable {

    private static final int LENGTH = 100_000;
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private final Socket socket;
    private int left = LENGTH - 1;

    /** Sends the head of a POST that announces more than is ever sent, and the first byte. */
    SlowClient(int port, String path, String token) {
        try {
            socket = new Socket("localhost", port);
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("""
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    [""".formatted(path, token, LENGTH).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a byte each few milliseconds until there is an answer. */
    String trickle() {
        try (InputStream in = socket.getInputStream()) {
            while (in.available() == 0) {
                send(" ");
                Thread.sleep(50);
            }
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(String part) {
        left -= part.length();
        try {
            socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sendTheRest() {
        send(" ".repeat(left));
    }

    /** Head and body; waits for them. */
    String answer() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            for (int length; (length = in.read(part)) >= 0;) {
                read.write(part, 0, length);
                String whole = read.toString(StandardCharsets.UTF_8);
                if (whole.endsWith("}") || whole.endsWith(LAST_CHUNK)) {
                    break;
                }
            }
        } catch (SocketException reset) {
            // closed with bytes of ours still unread: what came before counts
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
