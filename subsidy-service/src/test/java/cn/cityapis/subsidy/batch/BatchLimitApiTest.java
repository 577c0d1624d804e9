package cn.cityapis.subsidy.batch;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.People;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** A list may not be longer than is said, and nothing is kept of one that is. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-batch-limits", "subsidy.batch.most-lines=100",
        "subsidy.batch.most-mib=4"})
class BatchLimitApiTest {

    private static final String LINE = "{\"id\": \"a\", \"facts\": {}}\n";

    @LocalServerPort
    private int port;
    @Autowired
    private DatabaseClient database;

    private JsonNode send(String body, int status) {
        var result = Apis.client(port, People.city()).post().uri("/api/subsidy/v1/batch-jobs")
                .header("Content-Type", "application/x-ndjson").header("Idempotency-Key", UUID.randomUUID().toString())
                .bodyValue(body).exchange().expectStatus().isEqualTo(status).expectBody().returnResult();
        return Api.JSON.readTree(Objects.requireNonNull(result.getResponseBody()));
    }

    private static String wide(int bytes) {
        return " ".repeat(bytes) + LINE;
    }

    @Test
    void whatIsTooLongIsRefusedAndForgotten() {
        assertThat(send(LINE.repeat(100), 202).path("lines").asLong()).isEqualTo(100);
        // what comes first is stored before the end is seen
        JsonNode refused = send(wide(30_000).repeat(101), 413);
        assertThat(refused.path("code").asString()).isEqualTo("file-too-large");
        assertThat(refused.path("detail").asString()).contains("100 行");
        assertThat(send(wide(60_000).repeat(90), 413).path("code").asString()).isEqualTo("file-too-large");
        assertThat(database.sql("SELECT count(*) FROM batch_job").mapValue(Long.class).one().block()).isEqualTo(1);
    }
}
