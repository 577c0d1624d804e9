package cn.cityapis.platform.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

@ServiceTest(classes = SampleApplication.class)
class StartTasksTest {

    @Autowired
    private DatabaseClient database;
    @Autowired
    private TransactionalOperator transaction;

    @BeforeEach
    void emptyTable() {
        run("DROP TABLE IF EXISTS seeded").then(run("CREATE TABLE seeded (name text)")).block();
    }

    private Mono<Void> run(String sql) {
        return database.sql(sql).then();
    }

    private void start(StartTask... tasks) {
        new RunStartTasks(List.of(tasks), database, transaction).run(new DefaultApplicationArguments());
    }

    private List<String> seeded() {
        return database.sql("SELECT name FROM seeded").mapValue(String.class).all().collectList().block();
    }

    private Mono<Void> onlyOnce() {
        return database.sql("SELECT (SELECT count(*) FROM seeded) FROM pg_sleep(0.05)").mapValue(Long.class).one()
                .flatMap(rows -> rows > 0 ? Mono.empty() : run("INSERT INTO seeded VALUES ('first')"));
    }

    @Test
    void tasksRunInTheirOrder() {
        start(() -> run("INSERT INTO seeded VALUES ('first')"),
                () -> run("INSERT INTO seeded SELECT 'after ' || name FROM seeded"));
        assertThat(seeded()).containsExactly("first", "after first");
    }

    @Test
    void anErrorStopsTheStartAndLeavesNothingHalfDone() {
        StartTask half = () -> run("INSERT INTO seeded VALUES ('half')")
                .then(Mono.error(new IllegalStateException("refused")));
        assertThatThrownBy(() -> start(half)).hasMessageContaining("refused");
        assertThat(seeded()).isEmpty();
    }

    @Test
    void ofReplicasThatStartTogetherOneWorks() {
        StartTask task = this::onlyOnce;
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            Stream.generate(() -> CompletableFuture.runAsync(() -> start(task), replicas)).limit(4).toList()
                    .forEach(CompletableFuture::join);
        }
        assertThat(seeded()).containsExactly("first");
    }
}
