package cn.cityapis.subsidy.batch;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.People;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class BatchApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;
    @Autowired
    private EvaluateBatch evaluate;

    private EntityExchangeResult<byte[]> post(String type, String query, String body) {
        return Apis.client(port, People.app()).post().uri("/api/subsidy/v1/batch-evaluations" + query)
                .header("Content-Type", type).bodyValue(body.getBytes(StandardCharsets.UTF_8)).exchange()
                .expectBody().returnResult();
    }

    private static List<JsonNode> lines(EntityExchangeResult<byte[]> result) {
        assertThat(result.getStatus().value()).isEqualTo(200);
        return new String(java.util.Objects.requireNonNull(result.getResponseBody()), StandardCharsets.UTF_8).lines()
                .map(JSON::readTree).toList();
    }

    /** One line in a hundred cannot be read: it is named by its number, the others are answered in their order. */
    @Test
    void brokenLinesHoldUpNobody() {
        String body = IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> i % 100 == 0
                        ? "{\"id\": \"n" + i
                        : "{\"id\": \"n" + i + "\", \"facts\": {\"educationLevel\": \"other\"}}")
                .collect(Collectors.joining("\n"));
        List<JsonNode> lines = lines(post("application/x-ndjson", "?asOf=2026-11-21", body));
        assertThat(lines).hasSize(5_001);
        for (int i = 1; i <= 5_000; i++) {
            JsonNode line = lines.get(i - 1);
            assertThat(line.at("/line").asInt()).isEqualTo(i);
            assertThat(line.has("errors")).as("line %d", i).isEqualTo(i % 100 == 0);
        }
        assertThat(lines.getLast().at("/summary")).isEqualTo(
                JSON.readTree("{\"lines\": 5000, \"processed\": 4950, \"broken\": 50}"));
    }

    @Test
    void csvIsReadToo() {
        List<JsonNode> lines = lines(post("text/csv", "", "id,educationLevel\na1,doctor\na2,cat\n"));
        assertThat(lines.get(0).at("/id").asString()).isEqualTo("a1");
        assertThat(lines.get(1).at("/errors/0/pointer").asString()).isEqualTo("/facts/educationLevel");
    }

    @Test
    void whatCannotBeReadAtAllIsAProblem() {
        assertThat(post("application/x-ndjson", "", "").getStatus().value()).isEqualTo(400);
        assertThat(post("text/csv", "", "who,what\n1,2\n").getStatus().value()).isEqualTo(400);
        assertThat(post("application/x-ndjson", "?asOf=1890-01-01", "{}").getStatus().value()).isEqualTo(400);
        assertThat(post("application/pdf", "", "{}").getStatus().value()).isEqualTo(415);
    }

    /** What the receiver does not take is not read: of an endless body only a few blocks. */
    @Test
    void readsNoFasterThanTheReceiverTakes() {
        AtomicInteger read = new AtomicInteger();
        byte[] line = "{\"id\":\"a\",\"facts\":{}}\n".getBytes(StandardCharsets.UTF_8);
        Flux<DataBuffer> endless = Flux.generate(sink -> {
            read.incrementAndGet();
            sink.next(DefaultDataBufferFactory.sharedInstance.wrap(line.clone()));
        });
        StepVerifier.create(evaluate.evaluate(endless, BatchFormat.NDJSON, java.time.LocalDate.of(2026, 11, 21)), 3)
                .expectNextCount(3).thenCancel().verify(java.time.Duration.ofSeconds(20));
        assertThat(read.get()).isBetween(3, 60);
    }
}
