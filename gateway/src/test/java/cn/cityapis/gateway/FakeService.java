package cn.cityapis.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that answers with its name, or hangs while it is told to. */
final class FakeService implements AutoCloseable {

    record Seen(String method, String path, Map<String, List<String>> headers, int bytes, String start) {

        boolean has(String header) {
            return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
        }
    }

    private static final int MEGABYTE = 1 << 20;

    private final String name;
    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> fixed = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> said = new ConcurrentHashMap<>();
    private final AtomicInteger breakOff = new AtomicInteger();
    private final AtomicInteger leftAlone = new AtomicInteger();
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

    /** Headers of its answers at this path from now on. */
    void say(String path, Map<String, String> headers) {
        said.put(path, headers);
    }

    long asked(String path) {
        return seen.stream().filter(one -> one.path().equals(path)).count();
    }

    /** How many long answers nobody wanted to the end. */
    int leftAlone() {
        return leftAlone.get();
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
        if (path.contains("/dialogue")) {
            dialogue(exchange);
            return;
        }
        byte[] sent = exchange.getRequestBody().readAllBytes();
        seen.add(new Seen(exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()), sent.length,
                new String(sent, 0, Math.min(sent.length, 4096), StandardCharsets.UTF_8)));
        said.getOrDefault(path, Map.of()).forEach(exchange.getResponseHeaders()::set);
        if (path.contains("/megabytes/")) {
            megabytes(exchange, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            return;
        }
        if (path.contains("/lines/")) {
            lines(exchange, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            return;
        }
        if (path.contains("/begun/")) {
            begin(exchange, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            return;
        }
        if (!waited()) {
            return;
        }
        if (breakOff.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.close();
            return;
        }
        byte[] body = fixed.getOrDefault(path, body(path)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Server", "secret/1.0");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status(path, exchange.getRequestHeaders().getFirst("Authorization")),
                head ? -1 : body.length);
        if (head) {
            return;
        }
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private boolean waited() {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** As every service does, what is guarded is for tokens with the right to read only. */
    private static int status(String path, @Nullable String token) {
        if (path.endsWith("/teapot")) {
            return 418;
        }
        boolean guarded = path.contains("/guarded");
        return guarded && (token == null || !new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]),
                StandardCharsets.UTF_8).contains(".read")) ? 403 : 200;
    }

    /** As the service of a download does: part by part, for as long as they are taken. */
    private void megabytes(HttpExchange exchange, int number) throws IOException {
        byte[] part = "0123456789abcdef".repeat(MEGABYTE / 16 / 16).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < number * 16; i++) {
                out.write(part);
                out.flush();
                if (i == 0 && !waited()) {
                    return;
                }
            }
        } catch (IOException broken) {
            leftAlone.incrementAndGet();
            throw broken;
        }
    }

    /** A line each tenth of a second. */
    private static void lines(HttpExchange exchange, int number) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < number; i++) {
                out.write(("data: " + i + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins its answer before it has the whole request, as who streams does. */
    private static void dialogue(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write('[');
            out.flush();
            exchange.getRequestBody().readAllBytes();
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Says that it will be ten bytes, gives so many of them, and the others if it does not hang. */
    private void begin(HttpExchange exchange, int bytes) throws IOException {
        byte[] body = "\"12345678\"".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body, 0, bytes);
            out.flush();
            if (waited()) {
                out.write(body, bytes, body.length - bytes);
            }
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
