package cn.cityapis.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.NodeTool;
import com.standardwebhooks.Webhook;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ways of checking a signature that the webhook guide shows, against the library of Standard Webhooks. */
class SignatureSamplesTest {

    private static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(UTF_8));
    private static final String OTHER = "whsec_"
            + Base64.getEncoder().encodeToString("fedcba9876543210".getBytes(UTF_8));
    private static final String BODY = "{\"type\":\"eldercare.offer.made\",\"subject\":\"床位\"}";
    private static final String CHECK = """
            import { refusal } from './signature.mjs';
            const [secret, id, timestamp, signature, body] = process.argv.slice(2);
            console.log((await refusal(secret, { id, timestamp, signature }, body)) === '');
            """;

    @TempDir
    private Path folder;

    /** @param signature as the library signs {@link #BODY} */
    private record Delivery(String secret, String timestamp, String signature, String body, boolean good) {
    }

    private static List<Delivery> deliveries() throws Exception {
        long now = Instant.now().getEpochSecond();
        String good = signed(SECRET, now);
        return List.of(new Delivery(SECRET, text(now), good, BODY, true),
                new Delivery(SECRET, text(now), signed(OTHER, now) + " " + good, BODY, true),
                new Delivery(SECRET, text(now), good, BODY.replace("made", "gone"), false),
                new Delivery(OTHER, text(now), good, BODY, false),
                new Delivery(SECRET, text(now + 1), good, BODY, false),
                new Delivery(SECRET, text(now - 900), signed(SECRET, now - 900), BODY, false),
                new Delivery(SECRET, text(now + 900), signed(SECRET, now + 900), BODY, false));
    }

    private static String signed(String secret, long timestamp) throws Exception {
        return new Webhook(secret).sign("event-1", timestamp, BODY);
    }

    private static String text(long timestamp) {
        return String.valueOf(timestamp);
    }

    @Test
    void javaBelievesWhatTheLibrarySigned() throws Exception {
        assertThat(JavaClient.compile(List.of(Path.of("examples/webhooks")), folder)).as("warnings of javac").isEmpty();
        try (URLClassLoader sample = new URLClassLoader(new URL[]{folder.toUri().toURL()})) {
            var holds = sample.loadClass("VerifySignature").getMethod("holds", String.class, String.class, String.class,
                    String.class, byte[].class, Instant.class);
            for (Delivery one : deliveries()) {
                assertThat(holds.invoke(null, one.secret(), "event-1", one.timestamp(), one.signature(),
                        one.body().getBytes(UTF_8), Instant.now())).as(one.toString()).isEqualTo(one.good());
            }
        }
    }

    @Test
    void javaScriptBelievesWhatTheLibrarySigned() throws Exception {
        NodeTool.installed();
        Files.copy(Path.of("../gateway/src/main/resources/pages/docs/signature.js"), folder.resolve("signature.mjs"));
        Files.writeString(folder.resolve("check.mjs"), CHECK);
        for (Delivery one : deliveries()) {
            NodeTool.Outcome run = NodeTool.run(folder, "node", "check.mjs", one.secret(), "event-1", one.timestamp(),
                    one.signature(), one.body());
            assertThat(run.text().strip()).as(one.toString()).isEqualTo(String.valueOf(one.good()));
        }
    }
}
