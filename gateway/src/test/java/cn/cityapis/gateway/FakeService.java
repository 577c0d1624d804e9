package cn.cityapis.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server that answers with its name, or hangs while it is told to. */
final class FakeService implements AutoCloseable {

    record Seen(String method, String path, Map<String, List<String>> headers, int bytes, String start) {

        boolean has(String header) {
            return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
        }
    }

    private final String name;
    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> fixed = new ConcurrentHashMap<>();
    private final AtomicInteger breakOff = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    FakeService(String name) {
        this(name, 0);
    }

    FakeService(String name, int port) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.getLast();
    }

    /** What it says at this path from now on. */
    void answer(String path, String json) {
        fixed.put(path, json);
    }

    /** Breaks off the next so many calls without an answer. */
    void breakOff(int calls) {
        breakOff.set(calls);
    }

    void hang() {
        gate = new CountDownLatch(1);
    }

    void goOn() {
        gate.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        seen.add(new Seen(exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()), sent.length,
                new String(sent, 0, Math.min(sent.length, 4096), StandardCharsets.UTF_8)));
        try {
            gate.await();
        } catch (InterruptedException e) {
            return;
        }
        if (breakOff.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.close();
            return;
        }
        byte[] body = fixed.getOrDefault(path, body(path)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Server", "secret/1.0");
        exchange.sendResponseHeaders(path.endsWith("/teapot") ? 418 : 200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String body(String path) {
        return path.equals("/v3/api-docs")
                ? """
                {"openapi":"3.1.0","info":{"title":"%s","version":"1"},"servers":[{"url":"http://10.0.0.1:9001"}],"paths":{},
                "x-problems":[{"code":"%s-only","status":409,"title":"此服务独有"}]}
                """.formatted(name, name)
                : path.contains("/large")
                        ? "{\"text\":\"" + "养老".repeat(5000) + "\"}"
                        : "{\"service\":\"" + name + "\",\"path\":\"" + path + "\"}";
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
