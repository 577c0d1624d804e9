package cn.cityapis.platform.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a service and PostgreSQL and breaks a connection around a COMMIT: before it has reached the server, or
 * after the server has done it and before the service knows. Which transaction: the one that carried a marker.
 */
final class CommitCutter implements Closeable {

    enum Cut {
        BEFORE_COMMIT, AFTER_COMMIT
    }

    private static final String COMMIT = "COMMIT\0";
    private static final int CHUNK = 1 << 16;

    private final ServerSocket door;
    private final int serverPort;
    private final Map<String, Cut> wanted = new ConcurrentHashMap<>();

    private CommitCutter(ServerSocket door, int serverPort) {
        this.door = door;
        this.serverPort = serverPort;
    }

    static CommitCutter before(int serverPort) {
        try {
            CommitCutter cutter = new CommitCutter(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()),
                    serverPort);
            Thread.ofVirtual().start(cutter::accept);
            return cutter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** The next transaction that carries the marker is cut, once. */
    void cut(String marker, Cut where) {
        wanted.put(marker, where);
    }

    /** Whether every cut that was asked for has been made. */
    boolean done() {
        return wanted.isEmpty();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket service = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                service.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Line line = new Line(service, server);
                Thread.ofVirtual().start(line::toServer);
                Thread.ofVirtual().start(line::toService);
            } catch (IOException closed) {
                continue;
            }
        }
    }

    /** One connection. */
    private final class Line {

        private final Socket service;
        private final Socket server;
        private volatile @Nullable Cut next;
        private volatile boolean deaf;

        Line(Socket service, Socket server) {
            this.service = service;
            this.server = server;
        }

        void toServer() {
            pump(service, server, (chunk, out) -> {
                String text = new String(chunk, StandardCharsets.ISO_8859_1);
                wanted.keySet().stream().filter(text::contains).findFirst()
                        .ifPresent(marker -> next = wanted.remove(marker));
                Cut cut = text.contains(COMMIT) ? next : null;
                if (cut == Cut.BEFORE_COMMIT) {
                    throw new IOException("cut before the commit");
                }
                deaf = cut == Cut.AFTER_COMMIT;
                out.write(chunk);
            });
        }

        void toService() {
            pump(server, service, (chunk, out) -> {
                if (deaf && new String(chunk, StandardCharsets.ISO_8859_1).contains(COMMIT)) {
                    throw new IOException("cut after the commit");
                }
                out.write(chunk);
            });
        }

        private void pump(Socket from, Socket to, Pass pass) {
            try (from; to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[CHUNK];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    pass.on(java.util.Arrays.copyOf(buffer, read), out);
                    out.flush();
                }
            } catch (IOException cut) {
                // both sides are closed: that is the fault
                return;
            }
        }
    }

    private interface Pass {
        void on(byte[] chunk, OutputStream out) throws IOException;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
