package cn.cityapis.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to one port, as many as are asked on at once. */
public final class Wires implements AutoCloseable {

    /** The gateway closes what has been idle for a minute; a call on such a connection would fail. */
    private static final long LONGEST_IDLE = Duration.ofSeconds(30).toNanos();

    private record Idle(Wire wire, long since) {
    }

    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final int port;

    public Wires(int port) {
        this.port = port;
    }

    /** @return the status, after the whole answer; a connection that fails is not used again */
    public int ask(byte[] request) throws IOException {
        Wire wire = open();
        try {
            int status = wire.ask(request);
            idle.push(new Idle(wire, System.nanoTime()));
            return status;
        } catch (IOException broken) {
            wire.close();
            throw broken;
        }
    }

    private Wire open() throws IOException {
        for (Idle last = idle.poll(); last != null; last = idle.poll()) {
            if (System.nanoTime() - last.since() < LONGEST_IDLE) {
                return last.wire();
            }
            last.wire().close();
        }
        return new Wire(port);
    }

    @Override
    public void close() throws IOException {
        for (Idle one = idle.poll(); one != null; one = idle.poll()) {
            one.wire().close();
        }
    }
}
