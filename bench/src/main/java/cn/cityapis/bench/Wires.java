package cn.cityapis.bench;

import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to one port, as many as are asked on at once. */
public final class Wires implements AutoCloseable {

    private final Deque<Wire> idle = new ConcurrentLinkedDeque<>();
    private final int port;

    public Wires(int port) {
        this.port = port;
    }

    /** @return the status, after the whole answer; a connection that fails is not used again */
    public int ask(byte[] request) throws IOException {
        Wire known = idle.poll();
        Wire wire = known == null ? new Wire(port) : known;
        try {
            int status = wire.ask(request);
            idle.push(wire);
            return status;
        } catch (IOException broken) {
            wire.close();
            throw broken;
        }
    }

    @Override
    public void close() throws IOException {
        for (Wire wire = idle.poll(); wire != null; wire = idle.poll()) {
            wire.close();
        }
    }
}
