package cn.cityapis.platform.test;

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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a service and PostgreSQL and breaks a connection around a COMMIT: before it has reached the server, or
 * after the server has done it and before the service knows. Which transaction: the one that carried a marker, or the next
 * one that commits. It can stall too: nothing passes in either direction until it goes on.
 */
public final class CommitCutter implements Closeable {

    /** Where a connection is broken. */
    public enum Cut {
        BEFORE_COMMIT, AFTER_COMMIT
    }

    private static final String COMMIT = "COMMIT\0";
    private static final int CHUNK = 1 << 16;

    private final ServerSocket door;
    private final IntSupplier serverPort;
    private final Map<String, Cut> wanted = new ConcurrentHashMap<>();
    private final Queue<Cut> next = new ConcurrentLinkedQueue<>();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicLong cuts = new AtomicLong();
    private volatile CountDownLatch stall = new CountDownLatch(0);

    private CommitCutter(ServerSocket door, IntSupplier serverPort) {
        this.door = door;
        this.serverPort = serverPort;
    }

    /** @param serverPort where PostgreSQL listens */
    public static CommitCutter before(int serverPort) {
        return before(() -> serverPort);
    }

    /** @param serverPort asked for each connection: the server may not have been started yet */
    public static CommitCutter before(IntSupplier serverPort) {
        try {
            CommitCutter cutter = new CommitCutter(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()),
                    serverPort);
            Thread.ofVirtual().start(cutter::accept);
            return cutter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The next transaction that carries the marker is cut, once. */
    public void cut(String marker, Cut where) {
        wanted.put(marker, where);
    }

    /** The next transaction that commits is cut, whichever it is. */
    public void cutNext(Cut where) {
        next.add(where);
    }

    /** Breaks every connection there is. */
    public void breakAll() {
        lines.forEach(Line::close);
    }

    /** Nothing passes from now on, and nobody is told. */
    public void stall() {
        stall = new CountDownLatch(1);
    }

    public void goOn() {
        stall.countDown();
    }

    /** How many connections have been cut around a commit. */
    public long cuts() {
        return cuts.get();
    }

    /** Whether every cut that was asked for has been made. */
    public boolean done() {
        return wanted.isEmpty() && next.isEmpty();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket service = door.accept();
                connect(service);
            } catch (IOException closed) {
                continue;
            }
        }
    }

    /** A server that is away is met as it would be without us: the connection is refused, or broken. */
    private void connect(Socket service) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort.getAsInt());
            service.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Line line = new Line(service, server);
            lines.add(line);
            if (door.isClosed()) {
                // it came in while the door was being closed: nobody else would break it
                line.close();
            }
            Thread.ofVirtual().start(line::toServer);
            Thread.ofVirtual().start(line::toService);
        } catch (IOException away) {
            close(service);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
            return;
        }
    }

    /** One connection. */
    private final class Line {

        private final Socket service;
        private final Socket server;
        private volatile @Nullable Cut chosen;
        private volatile boolean deaf;

        Line(Socket service, Socket server) {
            this.service = service;
            this.server = server;
        }

        void toServer() {
            pump(service, server, (chunk, out) -> {
                String text = new String(chunk, StandardCharsets.ISO_8859_1);
                wanted.keySet().stream().filter(text::contains).findFirst()
                        .ifPresent(marker -> chosen = wanted.remove(marker));
                Cut cut = text.contains(COMMIT) ? chosen == null ? next.poll() : chosen : null;
                if (cut == Cut.BEFORE_COMMIT) {
                    cuts.incrementAndGet();
                    throw new IOException("cut before the commit");
                }
                deaf = cut == Cut.AFTER_COMMIT;
                out.write(chunk);
            });
        }

        void toService() {
            pump(server, service, (chunk, out) -> {
                if (deaf && new String(chunk, StandardCharsets.ISO_8859_1).contains(COMMIT)) {
                    cuts.incrementAndGet();
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
                    stall.await();
                    pass.on(java.util.Arrays.copyOf(buffer, read), out);
                    out.flush();
                }
            } catch (IOException cut) {
                // both sides are closed: that is the fault
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lines.remove(this);
            }
        }

        void close() {
            CommitCutter.close(service);
            CommitCutter.close(server);
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
