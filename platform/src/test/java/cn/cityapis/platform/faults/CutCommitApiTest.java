package cn.cityapis.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.CommitCutter;
import cn.cityapis.platform.test.CommitCutter.Cut;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.FluxExchangeResult;

/** The line to PostgreSQL breaks around a COMMIT: a client repeats with its key, and there is one effect, whatever happened. */
@ServiceTest(classes = SampleApplication.class)
class CutCommitApiTest {

    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final int CALLS = 40;
    private static final int TRIES = 20;

    private static CommitCutter cutter;

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    MeterRegistry meters;

    private final String token = Tokens.citizen("c1").scopes("sample.apply", "sample.read").token();

    /** The pool goes through the cutter, migrations go straight. */
    @DynamicPropertySource
    static void behindTheCutter(DynamicPropertyRegistry properties) {
        TestDatabase database = TestDatabase.create();
        cutter = CommitCutter.before(database.port());
        database.environment().forEach((name, value) -> properties.add(name, () -> value));
        properties.add("spring.r2dbc.url", () -> "r2dbc:postgresql://localhost:" + cutter.port() + "/" + database.name()
                + "?connectTimeout=PT5S");
    }

    @AfterAll
    static void close() throws IOException {
        cutter.close();
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedCallHasOneEffect(Cut where) {
        String name = UUID.randomUUID().toString();
        cutter.cut(name, where);
        FluxExchangeResult<byte[]> unknown = post(name);
        assertThat(cutter.done()).isTrue();
        assertThat(unknown.getStatus().value()).isEqualTo(503);
        assertThat(unknown.getResponseHeaders().getContentType()).hasToString("application/problem+json");
        assertThat(things(name)).isEqualTo(where == Cut.AFTER_COMMIT ? 1 : 0);

        FluxExchangeResult<byte[]> again = post(name);
        assertThat(again.getStatus().value()).isEqualTo(201);
        assertThat(again.getResponseHeaders().containsHeader("Idempotency-Replayed"))
                .isEqualTo(where == Cut.AFTER_COMMIT);
        assertThat(things(name)).isOne();
        assertThat(events(name)).isOne();
    }

    @Test
    void underLoadEveryKeyHasOneEffectAndNothingIsLeftBehind() {
        Random chance = new Random(7);
        List<String> names = IntStream.range(0, CALLS).mapToObj(i -> new UUID(7, chance.nextLong()).toString())
                .toList();
        names.stream().filter(name -> chance.nextInt(2) == 0)
                .forEach(name -> cutter.cut(name, Cut.values()[chance.nextInt(2)]));
        names.stream().map(name -> CompletableFuture.runAsync(() -> untilAnswered(name), THREADS)).toList()
                .forEach(CompletableFuture::join);
        assertThat(cutter.done()).isTrue();
        assertThat(names).allSatisfy(name -> assertThat(things(name)).isOne());
        assertThat(names).allSatisfy(name -> assertThat(events(name)).isOne());
        assertThat(count("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() "
                + "AND state LIKE 'idle in transaction%'")).isZero();
        for (int i = 0; i < 1_000 && acquired() > 1; i++) {
            Thread.onSpinWait();
        }
        assertThat(acquired()).as("connections that nobody gave back").isLessThanOrEqualTo(1);
    }

    private void untilAnswered(String name) {
        for (int i = 0; i < TRIES; i++) {
            int status = post(name).getStatus().value();
            if (status == 201) {
                return;
            }
            assertThat(status).isIn(409, 503);
        }
        throw new AssertionError(name + " was never answered");
    }

    private FluxExchangeResult<byte[]> post(String name) {
        return Apis.client(port, token).mutate().responseTimeout(Duration.ofSeconds(30)).build().post()
                .uri("/api/sample/v1/things").header("Idempotency-Key", name).contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"" + name
                        + "\",\"colour\":\"RED\",\"since\":\"2026-01-31\",\"size\":1,\"parts\":[]}")
                .exchange().returnResult(byte[].class);
    }

    private long things(String name) {
        return count("SELECT count(*) AS n FROM thing WHERE name = '" + name + "'");
    }

    private long events(String name) {
        return count("SELECT count(*) AS n FROM outbox o JOIN thing t ON o.subject = 'things/' || t.id WHERE t.name = '"
                + name + "'");
    }

    private long count(String sql) {
        Long counted = database.sql(sql).map(row -> row.get("n", Long.class)).one().retry(3)
                .block(Duration.ofSeconds(10));
        return counted == null ? -1 : counted;
    }

    private double acquired() {
        return meters.get("r2dbc.pool.acquired").gauge().value();
    }
}
