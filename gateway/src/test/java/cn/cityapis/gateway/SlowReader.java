package cn.cityapis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection from which an answer is read as slowly as one likes. */
final class SlowReader implements AutoCloseable {

    private static final int SMALL = 16 * 1024;

    private final Socket socket = new Socket();

    /** Asks, and reads nothing yet. */
    SlowReader(int port, String path, String token) {
        try {
            socket.setReceiveBufferSize(SMALL);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress("localhost", port));
            socket.getOutputStream().write("""
                    GET %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Connection: close\r
                    \r
                    """.formatted(path, token).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void takeAByte() {
        try {
            assertThat(socket.getInputStream().read()).isNotNegative();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads to the end, or until it is cut off.
     *
     * @param part bytes at a time
     * @return how many there were, head and chunks' sizes included
     */
    long read(int part, Duration pause) {
        long bytes = 0;
        try {
            InputStream in = socket.getInputStream();
            for (int length; (length = in.readNBytes(part).length) > 0;) {
                bytes += length;
                Thread.sleep(pause);
            }
        } catch (SocketException cutOff) {
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return bytes;
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
