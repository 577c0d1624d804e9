package cn.cityapis.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** WeChat's code2session as its documents have it: 200 with JSON that is called text/plain, whatever is wrong. */
final class WeChatDouble implements AutoCloseable {

    static final String APP_ID = "wx0123456789abcdef";
    static final String SECRET = "secret-canary-secret-canary";
    static final String SESSION_KEY = "c2Vzc2lvbi1rZXktY2FuYXJ5";

    private final HttpServer server;
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    WeChatDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/sns/jscode2session", this::answer);
        server.start();
    }

    String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The query of each call. */
    List<String> asked() {
        return asked;
    }

    /** A code that is good once. */
    String codeOf(String openid) {
        String code = "code-" + users.size() + "-" + openid;
        users.put(code, openid);
        return code;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            asked.add(query);
            String code = query.replaceAll(".*js_code=([^&]*).*", "$1");
            switch (code) {
                case "away" -> send(exchange, 502, "<html>Bad Gateway</html>");
                case "moved" -> {
                    exchange.getResponseHeaders().set("Location", base() + "/elsewhere");
                    send(exchange, 302, "");
                }
                case "garbage" -> send(exchange, 200, "{\"openid\":");
                case "empty" -> send(exchange, 200, "");
                case "nobody" -> send(exchange, 200, "{\"session_key\":\"" + SESSION_KEY + "\"}");
                case "strange" -> send(exchange, 200, "{\"openid\":\"o 1\\n\"}");
                case "huge" -> send(exchange, 200, "{\"openid\":\"o-huge\",\"x\":\"" + "x".repeat(1_000_000) + "\"}");
                case "slow" -> stall(exchange);
                default -> send(exchange, 200, outcome(code));
            }
        }
    }

    private String outcome(String code) {
        if (code.matches("-?\\d+")) {
            return "{\"errcode\":" + code + ",\"errmsg\":\"because, rid: " + SESSION_KEY + "\"}";
        }
        String openid = users.get(code);
        if (openid == null) {
            return "{\"errcode\":40029,\"errmsg\":\"invalid code\"}";
        }
        if (!used.add(code)) {
            return "{\"errcode\":40163,\"errmsg\":\"code been used\"}";
        }
        String union = openid.startsWith("u-") ? ",\"unionid\":\"union-" + used.size() + "\"" : "";
        return "{\"openid\":\"" + openid + "\",\"session_key\":\"" + SESSION_KEY + "\"" + union + "}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The beginning, and then nothing. */
    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
