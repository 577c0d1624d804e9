package cn.cityapis.trials.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A partner's address for events: keeps the first delivery of each in the order in which they came. Refuses some, each
 * once: what is refused twice comes again only after five minutes.
 */
final class Receiver implements AutoCloseable {

    private static final int REFUSED_EVERY = 17;

    private final HttpServer server;
    private final Map<String, List<String>> bySubject = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/events", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JsonMapper.shared().readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            if (came.incrementAndGet() % REFUSED_EVERY == 0 && refused.add(event.path("id").asString())) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            keep(event);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private synchronized void keep(JsonNode event) {
        if (!ids.add(event.path("id").asString())) {
            repeated.incrementAndGet();
            return;
        }
        bySubject.computeIfAbsent(event.path("subject").asString(), any -> new ArrayList<>())
                .add(event.path("type").asString());
    }

    /** Types of the events about a subject, in the order of their first delivery. */
    synchronized List<String> of(String subject) {
        return List.copyOf(bySubject.getOrDefault(subject, List.of()));
    }

    synchronized int events() {
        return ids.size();
    }

    int repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
