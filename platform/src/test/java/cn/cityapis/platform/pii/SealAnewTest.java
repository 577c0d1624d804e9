package cn.cityapis.platform.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A retired key: whatever it has sealed is sealed anew beside those who write, and nothing else is touched. */
@ServiceTest(classes = SampleApplication.class, properties = "test.database=of-seals")
class SealAnewTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String INDEX = "ab".repeat(32);
    private static final String FIRST = "k1:" + "01".repeat(16);
    private static final String SECOND = "key-2:" + "02".repeat(16);
    /** More than are read at once. */
    private static final int ROWS = 4_000;
    private static final SealedColumn COLUMN = SealedColumn.of("secret_thing", "kept_sealed", "kept");

    @Autowired
    private DatabaseClient database;

    @Autowired
    private JobLock lock;

    private final FieldCipher before = cipher(FIRST);
    private final FieldCipher both = cipher(SECOND + "," + FIRST);
    private final FieldCipher after = cipher(SECOND);

    private static FieldCipher cipher(String keys) {
        return new FieldCipher(PiiKeys.parse(keys, INDEX, false), new SecureRandom());
    }

    @BeforeEach
    void table() {
        run("CREATE TABLE secret_thing (id uuid PRIMARY KEY, kept_sealed bytea, other text)");
        Flux.range(0, ROWS).flatMap(number -> insert(sealed(before, number), "x".repeat(400)), 8).then().block(SOON);
    }

    @AfterEach
    void noTable() {
        run("DROP TABLE secret_thing");
    }

    private record Row(UUID id, byte[] sealed) {
    }

    private static Row sealed(FieldCipher cipher, int number) {
        UUID id = UUID.randomUUID();
        return new Row(id, cipher.encrypt("secret_thing", "kept", id, "thing " + number));
    }

    private Mono<Void> insert(Row row, String other) {
        return database.sql("INSERT INTO secret_thing VALUES (:id, :sealed, :other)").bind("id", row.id())
                .bind("sealed", row.sealed()).bind("other", other).then();
    }

    private void run(String sql) {
        database.sql(sql).then().block(SOON);
    }

    private SealAnew.Count anew(FieldCipher cipher) {
        return Objects.requireNonNull(
                new SealAnew(database, lock, cipher, List.of(COLUMN), List.of()).run().block(SOON));
    }

    private List<String> opened(FieldCipher cipher) {
        return Objects.requireNonNull(database.sql("SELECT id, kept_sealed FROM secret_thing WHERE other LIKE 'x%'")
                .map(row -> cipher.decrypt("secret_thing", "kept", row.get("id", UUID.class),
                        row.get("kept_sealed", byte[].class)))
                .all().collectList().block(SOON));
    }

    private byte[] stored(UUID id) {
        return Objects.requireNonNull(database.sql("SELECT kept_sealed FROM secret_thing WHERE id = :id").bind("id", id)
                .map(row -> Objects.requireNonNull(row.get("kept_sealed", byte[].class))).one().block(SOON));
    }

    @Test
    void allThatTheOldKeyHasSealedOpensWithTheNewOneAlone() {
        assertThatThrownBy(() -> opened(after)).hasMessageContaining("k1");
        assertThat(anew(both)).isEqualTo(new SealAnew.Count(ROWS, 0));
        assertThat(opened(after)).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, ROWS).mapToObj(number -> "thing " + number).toList());
        assertThat(anew(both)).as("once").isEqualTo(SealAnew.Count.NONE);
    }

    @Test
    void whatIsNoSealedValueStaysAndWhatDoesNotOpenIsCounted() {
        UUID open = UUID.randomUUID();
        byte[] json = "{\"id\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        insert(new Row(open, json), "json").block(SOON);
        insert(new Row(UUID.randomUUID(), new byte[0]), "empty").block(SOON);
        run("INSERT INTO secret_thing VALUES (gen_random_uuid(), NULL, 'null')");
        Row moved = sealed(before, -1);
        UUID elsewhere = UUID.randomUUID();
        insert(new Row(elsewhere, moved.sealed()), "moved here").block(SOON);
        assertThat(anew(both)).isEqualTo(new SealAnew.Count(ROWS, 1));
        assertThat(stored(open)).isEqualTo(json);
        assertThat(stored(elsewhere)).isEqualTo(moved.sealed());
    }

    @Test
    void whoWritesMeanwhileIsNotOverwritten() {
        // from the other end: they meet somewhere
        List<UUID> ids = Objects.requireNonNull(database.sql("SELECT id FROM secret_thing ORDER BY ctid DESC")
                .mapValue(UUID.class).all().collectList().block(SOON));
        AtomicInteger written = new AtomicInteger();
        Disposable writer = Flux.fromIterable(ids)
                .flatMap(id -> database.sql("UPDATE secret_thing SET kept_sealed = :sealed WHERE id = :id")
                        .bind("sealed", both.encrypt("secret_thing", "kept", id, "changed")).bind("id", id).then()
                        .doOnSuccess(done -> written.incrementAndGet()), 2)
                .subscribe();
        SealAnew.Count count = anew(both);
        while (written.get() < ids.size()) {
            assertThat(writer.isDisposed()).as("the writer has failed").isFalse();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        assertThat(count.anew()).as("some of them").isPositive();
        assertThat(opened(after)).hasSize(ROWS).containsOnly("changed");
    }

    @Test
    void aTableThatRefusesChangesIsToldByASettingThatEndsWithTheRow() {
        run("""
                CREATE FUNCTION refuse_secret_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF current_setting('platform.seal_anew', true) = 'on' THEN RETURN NEW; END IF;
                RAISE EXCEPTION 'append-only'; END $$""");
        run("CREATE TRIGGER secret_thing_refuses BEFORE UPDATE ON secret_thing FOR EACH ROW EXECUTE FUNCTION"
                + " refuse_secret_change()");
        try {
            assertThat(anew(both)).isEqualTo(new SealAnew.Count(ROWS, 0));
            for (int connection = 0; connection < 20; connection++) {
                assertThatThrownBy(() -> run("UPDATE secret_thing SET other = ''")).hasMessageContaining("append-only");
            }
        } finally {
            run("DROP FUNCTION refuse_secret_change CASCADE");
        }
    }

    @Test
    void oneReplicaAtATime() {
        assertThat(lock.run("platform.seal-anew", () -> Mono.fromCallable(() -> new SealAnew(database, lock, both,
                List.of(COLUMN), List.of()).run().blockOptional(SOON).isEmpty())
                .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())).block(SOON)).isTrue();
        assertThat(opened(before)).hasSize(ROWS);
    }
}
