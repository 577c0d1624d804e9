package cn.cityapis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cn.cityapis.stack.demo.DemoIdentity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A partner system: subscribes to events through the gateway and gets them, signed, at an address of its own. */
final class PartnerStep implements AutoCloseable {

    private static final String WEBHOOKS = "/api/pharmacy/v1/webhooks";

    record Delivery(Map<String, List<String>> headers, String body) {

        /** In any case of letters. */
        String header(String name) {
            return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0)).findFirst().orElseThrow();
        }
    }

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final Api partner;
    private final Api citizen;
    private String webhook = "";

    PartnerStep(Callers callers) {
        partner = callers.as(DemoIdentity.PARTNER);
        citizen = callers.as(DemoIdentity.CITIZEN);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/events", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            deliveries.add(new Delivery(exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    void subscribesToOrders() {
        String form = """
                {"url":"%s","eventTypes":["pharmacy.order.placed"]}"""
                .formatted(url());
        citizen.post(WEBHOOKS, form).expectProblem(403, "forbidden");
        webhook = WEBHOOKS + "/" + partner.post(WEBHOOKS, form).expect(201).text("id");
    }

    /** Where it takes deliveries. */
    String url() {
        return "http://127.0.0.1:%d/events".formatted(server.getAddress().getPort());
    }

    /** The next delivery. */
    Delivery told() {
        try {
            Delivery told = deliveries.poll(20, TimeUnit.SECONDS);
            assertThat(told).as("an event within 20 s").isNotNull();
            return Objects.requireNonNull(told);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    void isToldOfTheOrderWithASignatureThatHolds() {
        Delivery told = told();
        String secret = partner.get(webhook + "/secret").expect(200).text("secrets.0");
        assertThatCode(() -> new Webhook(secret).verify(told.body(), told.headers())).doesNotThrowAnyException();
        assertThat(JsonMapper.shared().readTree(told.body()).path("type").asString())
                .isEqualTo("pharmacy.order.placed");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
