package cn.cityapis.trials.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** One address for the replicas of a service, as a Kubernetes service is: each connection goes to the next that takes it. */
final class Balancer implements Closeable {

    private final ServerSocket door;
    private final IntSupplier only;
    private final List<Integer> replicas = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();

    private Balancer(ServerSocket door, IntSupplier only) {
        this.door = door;
        this.only = only;
    }

    /** @param only the one replica, as long as no others are named */
    static Balancer before(IntSupplier only) {
        try {
            Balancer balancer = new Balancer(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), only);
            Thread.ofVirtual().start(balancer::accept);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on new connections go to these ports; those that are open stay. */
    void lead(List<Integer> ports) {
        ports.stream().filter(port -> !replicas.contains(port)).forEach(replicas::add);
        replicas.removeIf(port -> !ports.contains(port));
    }

    /** Every connection is cut, as a broken network does it. */
    void breakAll() {
        open.forEach(Balancer::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket from = door.accept();
                Thread.ofVirtual().start(() -> connect(from));
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void connect(Socket from) {
        List<Integer> all = replicas.isEmpty() ? List.of(only.getAsInt()) : List.copyOf(replicas);
        for (int i = 0; i < all.size(); i++) {
            try {
                Socket to = new Socket(InetAddress.getLoopbackAddress(),
                        all.get(Math.floorMod(turn.getAndIncrement(), all.size())));
                from.setTcpNoDelay(true);
                to.setTcpNoDelay(true);
                open.addAll(List.of(from, to));
                Thread.ofVirtual().start(() -> pump(from, to));
                Thread.ofVirtual().start(() -> pump(to, from));
                return;
            } catch (IOException away) {
                continue;
            }
        }
        close(from);
    }

    private void pump(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // both sides are closed
            return;
        } finally {
            open.removeAll(List.of(from, to));
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

    @Override
    public void close() throws IOException {
        door.close();
        breakAll();
    }
}
