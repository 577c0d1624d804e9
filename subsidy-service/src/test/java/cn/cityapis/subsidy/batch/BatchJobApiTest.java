package cn.cityapis.subsidy.batch;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.People;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-batch-jobs"})
class BatchJobApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private RunBatchJobs run;
    @Autowired
    private BatchJobs jobs;
    @Autowired
    private EvaluateBatch evaluate;
    @Autowired
    private cn.cityapis.subsidy.catalogue.SchemeCatalogue catalogue;
    @Autowired
    private DatabaseClient database;

    private record Sent(int status, JsonNode body) {
    }

    private Sent send(String token, String key, String type, String body) {
        var result = Apis.client(port, token).post().uri("/api/subsidy/v1/batch-jobs?asOf=2026-11-21")
                .header("Content-Type", type).header("Idempotency-Key", key)
                .bodyValue(body.getBytes(StandardCharsets.UTF_8)).exchange().expectBody().returnResult();
        return new Sent(result.getStatus().value(),
                Api.JSON.readTree(Objects.requireNonNull(result.getResponseBody())));
    }

    private static String people(int count, int doctorsFrom) {
        return IntStream.range(0, count).mapToObj(i -> i == 7
                ? "broken"
                : "{\"id\":\"n%05d\",\"facts\":{\"birthDate\":\"1994-05-02\",\"educationLevel\":\"%s\",\"engagement\":\"employed-full-time\",\"engagementStart\":\"2026-11-16\",\"employerKind\":\"company\"}}"
                        .formatted(i, i >= doctorsFrom ? "doctor" : "other"))
                .collect(Collectors.joining("\n"));
    }

    private List<String> outcomes(String job) {
        byte[] body = Apis.client(port, People.district("371002")).get()
                .uri("/api/subsidy/v1/batch-jobs/" + job + "/outcomes").exchange().expectStatus().isOk().expectBody()
                .returnResult().getResponseBody();
        return new String(Objects.requireNonNullElse(body, new byte[0]), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aListIsDecidedInTheBackgroundAndTellsWhoNewlyQualifies() {
        Api district = Api.as(port, People.district("371002"));
        String key = UUID.randomUUID().toString();
        Sent first = send(People.district("371002"), key, "application/x-ndjson", people(3_000, 2_999));
        assertThat(first.status()).isEqualTo(202);
        String before = first.body().at("/id").asString();
        assertThat(send(People.district("371002"), key, "application/x-ndjson", people(3_000, 2_999)).body())
                .isEqualTo(first.body());
        assertThat(send(People.district("371002"), key, "application/x-ndjson", people(2, 1)).status()).isEqualTo(422);
        assertThat(database.sql("SELECT count(*) FROM batch_job WHERE org = '371002'").mapValue(Long.class).one()
                .block())
                .as("repeated calls leave nothing behind").isEqualTo(1);
        run.run().block();
        Api.Answer done = district.get("/batch-jobs/" + before).is(200);
        assertThat(done.text("/state")).isEqualTo("done");
        assertThat(done.number("/percent")).isEqualTo(100);
        assertThat(List.of(done.number("/lines"), done.number("/processed"), done.number("/broken")))
                .containsExactly(3_000L, 2_999L, 1L);
        List<String> lines = outcomes(before);
        assertThat(lines).hasSize(3_000);
        assertThat(lines.get(7)).contains("\"line\":8,\"errors\"");
        assertThat(lines.get(2_999)).contains("\"totalFen\":18000000");

        String after = send(People.district("371002"), UUID.randomUUID().toString(), "application/x-ndjson",
                people(3_000, 2_997)).body().at("/id").asString();
        run.run().block();
        Api.Answer newly = district.get("/batch-jobs/" + after + "/newly-entitled?before=" + before).is(200);
        assertThat(newly.body().at("/items").valueStream().map(one -> one.at("/id").asString()))
                .containsExactly("n02997", "n02998");
        assertThat(district.get("/batch-jobs?limit=1").is(200).text("/nextCursor")).isNotEmpty();
        Api stranger = Api.as(port, People.district("371003"));
        stranger.get("/batch-jobs/" + before).is(404);
        stranger.get("/batch-jobs/" + before + "/outcomes").is(404);
        stranger.get("/batch-jobs/" + before + "/newly-entitled?before=" + after).is(404);
    }

    /** A block whose worker dies in the middle is taken again: nothing is lost, nothing there twice. */
    @Test
    void aJobThatIsCutOffGoesOn() {
        String job = send(People.district("371002"), UUID.randomUUID().toString(), "application/x-ndjson",
                people(9_000, 8_990)).body().at("/id").asString();
        BatchJobs.Open open = jobs.running().block().stream().filter(one -> one.job().toString().equals(job))
                .findFirst().orElseThrow();
        OutcomeLines lines = new OutcomeLines(new BatchEvaluation(catalogue, open.asOf()),
                evaluate.reader(open.format(), open.header()));
        assertThat(run.one(open, lines).block()).isTrue();
        // cut off after the work, before the commit
        run.one(open, lines).then(Mono.error(new IllegalStateException("killed")))
                .as(org.springframework.transaction.reactive.TransactionalOperator.create(transactions)::transactional)
                .onErrorResume(e -> Mono.empty()).block();
        Api district = Api.as(port, People.district("371002"));
        assertThat(district.get("/batch-jobs/" + job).is(200).text("/state")).isEqualTo("running");
        run.run().block();
        assertThat(district.get("/batch-jobs/" + job).is(200).text("/state")).isEqualTo("done");
        assertThat(outcomes(job)).hasSize(9_000).doesNotHaveDuplicates();
        assertThat(database.sql("SELECT count(*) FROM batch_entitled WHERE job_id = :job")
                .bind("job", UUID.fromString(job))
                .mapValue(Long.class).one().block()).isEqualTo(10);
    }

    /** Facts about people are not kept for ever: after the period only the counts are left. */
    @Test
    void linesAndAnswersAreErasedAfterTheirTime() {
        Api district = Api.as(port, People.district("371003"));
        String token = People.district("371003");
        String old = send(token, UUID.randomUUID().toString(), "application/x-ndjson", people(9, 8)).body().at("/id")
                .asString();
        String young = send(token, UUID.randomUUID().toString(), "application/x-ndjson", people(9, 8)).body().at("/id")
                .asString();
        run.run().block();
        // the service's own first run may have begun on one of them
        for (String job : List.of(old, young)) {
            org.awaitility.Awaitility.await()
                    .until(() -> district.get("/batch-jobs/" + job).is(200).text("/state").equals("done"));
        }
        database.sql("UPDATE batch_job SET finished_at = finished_at - interval '91 days' WHERE id = :id")
                .bind("id", UUID.fromString(old)).then().block();
        assertThat(district.get("/batch-jobs/" + young + "/newly-entitled").is(200).body().at("/items").size())
                .isZero();
        erase.run().block();
        Api.Answer erased = district.get("/batch-jobs/" + old).is(200);
        assertThat(erased.text("/erasedAt")).isNotEmpty();
        assertThat(erased.number("/processed")).isEqualTo(8);
        assertThat(database.sql("""
                SELECT (SELECT count(*) FROM batch_entitled WHERE job_id = :id)
                     + (SELECT coalesce(sum(octet_length(input) + octet_length(outcomes)), 0) FROM batch_block WHERE job_id = :id)
                """).bind("id", UUID.fromString(old)).mapValue(Long.class).one().block()).isZero();
        district.get("/batch-jobs/" + old + "/outcomes").is(410, "batch-erased");
        district.get("/batch-jobs/" + old + "/newly-entitled").is(410, "batch-erased");
        district.get("/batch-jobs/" + young + "/newly-entitled?before=" + old).is(410, "batch-erased");
        assertThat(district.get("/batch-jobs/" + young).is(200).text("/erasedAt")).isEmpty();
        // no earlier list is left to compare with
        assertThat(district.get("/batch-jobs/" + young + "/newly-entitled").is(200).body().at("/items").size())
                .isEqualTo(1);
    }

    @Autowired
    private EraseBatchJobs erase;
    @Autowired
    private org.springframework.transaction.ReactiveTransactionManager transactions;

    @Test
    void badListsAreRefused() {
        String key = UUID.randomUUID().toString();
        assertThat(send(People.district("371002"), key, "text/csv", "a,b\n1,2").status()).isEqualTo(400);
        assertThat(send(People.district("371002"), key, "application/x-ndjson", "").status()).isEqualTo(400);
        assertThat(send(People.app(), key, "application/x-ndjson", "{}").status()).isEqualTo(403);
        assertThat(
                Api.as(port, People.district("371002")).send(HttpMethod.GET, "/batch-jobs/" + UUID.randomUUID(), null,
                        null, null).status())
                .isEqualTo(404);
    }
}
