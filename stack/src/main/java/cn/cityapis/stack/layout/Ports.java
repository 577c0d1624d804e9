package cn.cityapis.stack.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Which ports are free on this machine. */
public final class Ports {

    private Ports() {
    }

    /** @throws StackException with one clear line if somebody listens there already */
    public static void requireFree(String address, int port) {
        if (!free(address, port)) {
            throw new StackException(
                    "port " + port + " is in use; stop what listens there, or choose another: ./run --port "
                            + (port == 65_535 ? port - 1 : port + 1));
        }
    }

    public static boolean free(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (UnknownHostException e) {
            throw new StackException("no such address on this machine: " + address, e);
        } catch (IOException e) {
            return false;
        }
    }

    /** As many free loopback ports as asked for, all different. */
    public static List<Integer> pick(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new StackException("this machine has no free ports left: " + e.getMessage(), e);
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was only a reservation
        }
    }
}
