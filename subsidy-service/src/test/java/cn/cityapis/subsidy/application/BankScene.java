package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A case with its first month in a run, and the bank that answers it. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "subsidy.bank=file"})
abstract class BankScene extends ApplicationScene {

    @Autowired
    PayDueMonths payDueMonths;
    @Autowired
    DatabaseClient database;
    Answer paying;

    @BeforeEach
    void aDueMonth() {
        for (String budget : List.of("\"city\", \"areaCode\": \"371000\"", "\"district\", \"areaCode\": \"371002\"")) {
            city().post("/ledger/appropriations",
                    "{\"schemeId\": \"talent-living-allowance\", \"year\": 2026, \"party\": "
                            + budget + ", \"amountFen\": 100000000, \"memo\": \"x\"}")
                    .is(201);
        }
        paying = approved();
        clock.advance(Duration.ofDays(15));
        order();
    }

    /** The job of a service that has just begun may hold the lock. */
    private void order() {
        Mono<Long> ordered = database.sql("SELECT count(*) FROM payment_item WHERE application_id = :id")
                .bind("id", UUID.fromString(paying.text("/id"))).mapValue(Long.class).one();
        payDueMonths.run().then(Mono.defer(() -> ordered))
                .repeatWhen(again -> again.delayElements(Duration.ofMillis(250))).take(40)
                .takeUntil(items -> items > 0).then().block(Duration.ofMinutes(2));
    }

    Api cashier() {
        return Api.as(port, Tokens.operator("cashier", "371000", "finance").scopes("subsidy.read", "subsidy.decide")
                .token());
    }

    /** The run that this test's case is in: the latest month, the latest attempt. */
    Answer run() {
        String id = database.sql("""
                SELECT run_id FROM payment_item WHERE application_id = :id ORDER BY month DESC, attempt DESC LIMIT 1
                """).bind("id", UUID.fromString(paying.text("/id"))).mapValue(UUID.class).one().block().toString();
        return cashier().get("/payment-runs/" + id).is(200);
    }

    static String at(Answer run) {
        return "/payment-runs/" + run.text("/id");
    }

    Answer sent() {
        return cashier().post(at(run()) + "/sendings", null, run()).is(200);
    }

    String reply(Answer run, String result) {
        byte[] file = cashier().download(at(run) + "/bank-file");
        List<List<String>> rows = Csv.read(new String(file, StandardCharsets.UTF_8));
        StringBuilder reply = new StringBuilder("batch," + run.text("/id") + ","
                + HexFormat.of().formatHex(Csv.sha256(file)) + "\nline,item,amount,result,reason,reference\n");
        rows.subList(2, rows.size()).forEach(row -> reply.append(String.join(",", row.get(0), row.get(1), row.get(4),
                result, result.equals("failed") ? "账号不符" : "", result.equals("failed") ? "" : "T" + row.get(1)))
                .append('\n'));
        return reply.toString();
    }

    Answer enter(Answer run, String reply) {
        return cashier().upload(at(run) + "/replies", reply.getBytes(StandardCharsets.UTF_8), "text/csv", run,
                UUID.randomUUID().toString());
    }

    JsonNode statement() {
        return citizen.get(path(paying) + "/statement").is(200).body();
    }

    void consistent() {
        JsonNode check = city().get("/ledger/check").body();
        assertThat(check.at("/consistent").asBoolean()).as(check.toPrettyString()).isTrue();
    }

    Answer failedItem() {
        Answer run = enter(sent(), reply(run(), "failed")).is(200);
        assertThat(run.text("/state")).isEqualTo("replied");
        return cashier().get(at(run) + "/items").is(200);
    }

    /** The order of this test's case that stands so. */
    String item(String state) {
        return "/payment-items/" + database
                .sql("SELECT id FROM payment_item WHERE application_id = :id AND state = :state")
                .bind("id", UUID.fromString(paying.text("/id"))).bind("state", state).mapValue(UUID.class).one()
                .block();
    }

    Answer twice(Api by, String path, String body, Answer seen, int status) {
        String key = UUID.randomUUID().toString();
        Answer first = by.send(HttpMethod.POST, path, body, seen == null ? null : seen.etag(), key).is(status);
        Answer again = by.send(HttpMethod.POST, path, body, seen == null ? null : seen.etag(), key);
        assertThat(again).isEqualTo(new Answer(status, first.body(), first.etag(), true));
        return first;
    }
}
