package cn.cityapis.platform.start;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The one place where a service waits for a reactive result: its main thread, before it takes requests. */
public final class RunStartTasks implements ApplicationRunner {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<StartTask> tasks;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    public RunStartTasks(List<StartTask> tasks, DatabaseClient database, TransactionalOperator transaction) {
        this.tasks = tasks;
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (StartTask task : tasks) {
            turn(task).then(Mono.defer(task::run)).as(transaction::transactional).block(PATIENCE);
        }
    }

    /** The lock ends with the transaction. */
    private Mono<Void> turn(StartTask task) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended(:task, 0))::text")
                .bind("task", "start:" + task.getClass().getName()).then();
    }
}
