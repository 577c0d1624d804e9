package cn.cityapis.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Outbox, audit trail, notices and the lock of scheduled jobs, on a real database. */
@ServiceTest(classes = SampleApplication.class)
class TrailTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    Outbox outbox;
    @Autowired
    Audit audit;
    @Autowired
    Notices notices;
    @Autowired
    JobLock locks;
    @Autowired
    DatabaseClient database;
    @Autowired
    TransactionalOperator transaction;

    private final String subject = "things/" + UUID.randomUUID();

    @Test
    void eventsOfASubjectComeInOrderAsCloudEvents() {
        outbox.publish("sample.thing.created", subject, Map.of("n", 1))
                .then(outbox.publish("sample.thing.renamed", subject, Map.of("n", 2))).block(SOON);
        var events = outbox.of(subject).collectList().block(SOON);
        assertThat(events).extracting(CloudEvent::type).containsExactly("sample.thing.created", "sample.thing.renamed");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.specversion()).isEqualTo("1.0");
            assertThat(event.source()).isEqualTo("/api/sample/v1");
        });
        assertThat(events.get(1).data().get("n").asInt()).isEqualTo(2);
    }

    /** Of thousands, one statement: what would hold locks for each of them. */
    @Test
    void manyEventsAreWrittenInOneStatementInTheirOrder() {
        Flux<String> written = outbox.publish(List.of(
                new Outbox.Event("sample.thing.created", subject, Map.of("n", 1)),
                new Outbox.Event("sample.thing.renamed", subject, Map.of("n", 2)),
                new Outbox.Event("sample.thing.renamed", subject, Map.of("n", 3))))
                .thenMany(database.sql("""
                        SELECT (data ->> 'n') || ' of ' || count(*) OVER (PARTITION BY cmin::text) FROM outbox
                         WHERE subject = :subject ORDER BY sequence
                        """).bind("subject", subject).mapValue(String.class).all());
        assertThat(written.as(transaction::transactional).collectList().block(SOON)).containsExactly("1 of 3", "2 of 3",
                "3 of 3");
        assertThatThrownBy(() -> outbox.publish(List.of(new Outbox.Event("sample.thing.vanished", subject, Map.of())))
                .block(SOON)).isInstanceOf(IllegalStateException.class);
        outbox.publish(List.of()).block(SOON);
    }

    @Test
    void manyNoticesAreWrittenInOneStatement() {
        Flux<String> written = notices.send(List.of(new Notice("one", "offer-made", "一", subject),
                new Notice("other", "offer-made", "二", subject)))
                .thenMany(database.sql("""
                        SELECT recipient || ' ' || kind || ' ' || content || ' ' || count(*) OVER (PARTITION BY cmin::text)
                          FROM notice WHERE about = :about ORDER BY recipient
                        """).bind("about", subject).mapValue(String.class).all());
        assertThat(written.as(transaction::transactional).collectList().block(SOON))
                .containsExactly("one offer-made 一 2", "other offer-made 二 2");
        notices.send(List.of()).block(SOON);
    }

    @Test
    void anEventThatNobodyCanSubscribeToIsAMistake() {
        assertThatThrownBy(() -> outbox.publish("sample.thing.vanished", subject, Map.of()).block(SOON))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("sample.thing.vanished");
    }

    @Test
    void anEventOfATransactionThatRollsBackDoesNotExist() {
        Mono<Void> work = outbox.publish("sample.thing.created", subject, Map.of())
                .then(Mono.error(new IllegalStateException("rolled back")));
        assertThatThrownBy(() -> work.as(transaction::transactional).block(SOON)).hasMessageContaining("rolled back");
        assertThat(outbox.of(subject).collectList().block(SOON)).isEmpty();
    }

    @Test
    void theAuditTrailCanOnlyGrow() {
        audit.record(Caller.system("test"), "thing.created", "thing", subject, Map.of("why", "test")).block(SOON);
        for (String change : new String[]{"UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry",
                "TRUNCATE audit_entry"}) {
            assertThatThrownBy(() -> database.sql(change).then().block(SOON)).rootCause()
                    .hasMessageContaining("append-only");
        }
        Long count = database.sql("SELECT count(*) AS n FROM audit_entry WHERE resource_id = :id").bind("id", subject)
                .map(row -> row.get("n", Long.class)).one().block(SOON);
        assertThat(count).isEqualTo(1);
    }

    @Test
    void aNoticeIsRecordedWithTimeAndOutcome() {
        notices.send(new Notice("c1", "greeting", "您好", subject)).block(SOON);
        String outcome = database.sql("SELECT outcome FROM notice WHERE about = :about AND sent_at IS NOT NULL")
                .bind("about", subject).map(row -> row.get("outcome", String.class)).one().block(SOON);
        assertThat(outcome).isEqualTo("recorded");
    }

    @Test
    void oneReplicaAtATimeWorksOnAJob() {
        AtomicInteger inside = new AtomicInteger();
        Mono<Integer> work = Mono.fromSupplier(inside::incrementAndGet).delayElement(Duration.ofMillis(800));
        var both = Mono.zip(locks.run("j", () -> work).defaultIfEmpty(-1),
                Mono.delay(Duration.ofMillis(300)).then(locks.run("j", () -> work).defaultIfEmpty(-1))).block(SOON);
        assertThat(both).containsExactly(1, -1);
        assertThat(locks.run("j", () -> work).block(SOON)).as("free again").isEqualTo(2);
    }

    @Test
    void theLockIsFreeAfterTheWorkFailed() {
        assertThatThrownBy(() -> locks.run("f", () -> Mono.error(new IllegalStateException("no"))).block(SOON))
                .hasMessageContaining("no");
        assertThat(locks.run("f", () -> Mono.just(1)).block(SOON)).isEqualTo(1);
    }
}
