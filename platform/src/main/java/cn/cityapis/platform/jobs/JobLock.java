package cn.cityapis.platform.jobs;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets one replica at a time do a piece of scheduled work. The lock belongs to a connection of its own, so the work can
 * commit in many transactions; it is gone when the process or its connection dies.
 */
public final class JobLock {

    private final ConnectionFactory connections;

    public JobLock(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Runs the work, or completes empty if another replica is at it. */
    public <T> Mono<T> run(String job, Supplier<Mono<T>> work) {
        return Mono.usingWhen(connections.create(),
                connection -> tryLock(connection, job).flatMap(locked -> locked
                        ? Mono.usingWhen(Mono.just(job), name -> Mono.defer(work), name -> unlock(connection, name))
                        : Mono.empty()),
                Connection::close);
    }

    private static Mono<Boolean> tryLock(Connection connection, String job) {
        return ask(connection, "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", job);
    }

    private static Mono<Boolean> unlock(Connection connection, String job) {
        return ask(connection, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", job);
    }

    private static Mono<Boolean> ask(Connection connection, String sql, String job) {
        return Flux.from(connection.createStatement(sql).bind("$1", "job:" + job).execute())
                .flatMap(result -> result.map((row, meta) -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
                .next();
    }
}
