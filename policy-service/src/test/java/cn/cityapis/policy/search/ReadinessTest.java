package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.policy.Gazettes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No request is to come in before a search answers from what must be there. */
class ReadinessTest {

    @TempDir
    Path data;
    private final TestDatabase live = TestDatabase.create();

    @Test
    void waitsForTheDigestAndThenAnswersAtOnce() throws Exception {
        start(data.resolve("tables"), false).close();
        try (Connection connection = DriverManager.getConnection(live.jdbcUrl(), live.user(), live.password())) {
            queueTheDigestForAWorkerThatHasJustDied(connection);
            try (Replica replica = start(data.resolve("first"), true)) {
                long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
                while (System.nanoTime() < end) {
                    assertThat(replica.readiness()).isEqualTo(503);
                    Thread.sleep(50);
                }
                connection.createStatement().execute("UPDATE load SET claimed_until = now() - interval '1 second'");
                awaitReady(replica);
                assertThat(replica.policy().get("/api/policy/v1/documents?q={q}", "威民发〔2023〕17号")
                        .at("/items/0/number").asString("")).isEqualTo("威民发〔2023〕17号");
            }
            try (Replica again = start(data.resolve("second"), true)) {
                awaitReady(again);
                assertThat(again.policy().get("/api/policy/v1/documents?q={q}", "威民发〔2023〕17号").get("items"))
                        .isNotEmpty();
            }
        }
    }

    private static void awaitReady(Replica replica) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (replica.readiness() != 200) {
            assertThat(System.nanoTime()).as("ready in time").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void queueTheDigestForAWorkerThatHasJustDied(Connection connection) throws Exception {
        byte[] digest = Gazettes.digest().getBytes(StandardCharsets.UTF_8);
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO load (id, source, source_kind, content, content_hash, state, claimed_until, attempts, created_by,
                                  created_at)
                VALUES (?, 'digest', 'digest', ?, ?, 'running', now() + interval '1 hour', 1, 'test', now())
                """)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setBytes(2, digest);
            insert.setBytes(3, MessageDigest.getInstance("SHA-256").digest(digest));
            insert.execute();
        }
    }

    private Replica start(Path folder, boolean digest) {
        return Replica.start(folder, List.of("--policy.digest=" + digest, "--DB_HOST=" + live.host(),
                "--DB_PORT=" + live.port(), "--DB_NAME=" + live.name(), "--DB_USER=" + live.user(),
                "--DB_PASSWORD=" + live.password()));
    }
}
