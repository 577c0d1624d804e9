package cn.cityapis.policy.search;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Says when the corpus may have changed: PostgreSQL tells at each commit, on a connection of its own outside the pool. A
 * slow poll is the safety net, and a quick one while that connection is lost.
 */
@Component
class CorpusSignals {

    private static final Logger LOG = LoggerFactory.getLogger(CorpusSignals.class);
    private static final Duration QUICK = Duration.ofMillis(500);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(3);

    private final ConnectionFactory connections;
    private final Duration poll;
    private final AtomicBoolean listening = new AtomicBoolean();

    CorpusSignals(ConnectionFactory connections, @Value("${policy.index-poll:PT5S}") Duration poll) {
        this.connections = unpooled(connections);
        this.poll = poll;
    }

    private static ConnectionFactory unpooled(ConnectionFactory factory) {
        ConnectionFactory inner = factory;
        while (inner instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof ConnectionFactory next) {
            inner = next;
        }
        return inner;
    }

    /** Begins with a signal; never ends. */
    Flux<Object> all() {
        long every = Math.max(1, poll.dividedBy(QUICK));
        Flux<Long> polls = Flux.interval(Duration.ZERO, QUICK).onBackpressureDrop()
                .filter(tick -> tick % every == 0 || !listening.get());
        return Flux.merge(polls, heard());
    }

    boolean listening() {
        return listening.get();
    }

    private Flux<Object> heard() {
        return Flux.usingWhen(Mono.from(connections.create()), this::listen, Connection::close)
                .doOnTerminate(() -> listening.set(false)).concatWith(Mono.error(() -> new Unheard()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, QUICK).maxBackoff(Duration.ofSeconds(5)).transientErrors(true)
                        .doBeforeRetry(
                                retry -> LOG.warn("changes are polled for until the database can be listened to: {}",
                                        String.valueOf(retry.failure()))));
    }

    /** Begins with a signal: what changed before was not heard. */
    private Flux<Object> listen(Connection connection) {
        PostgresqlConnection session = (PostgresqlConnection) connection;
        Mono<Void> alive = Flux.interval(SIGN_OF_LIFE).onBackpressureDrop()
                .concatMap(tick -> Mono.from(session.validate(ValidationDepth.REMOTE)).timeout(LONGEST_SILENCE)
                        .filter(Boolean::booleanValue).switchIfEmpty(Mono.error(() -> new Unheard())))
                .then();
        Flux<Object> notifications = session.getNotifications().cast(Object.class)
                .concatWith(Mono.error(() -> new Unheard()));
        return session
                .createStatement(
                        "SELECT set_config('application_name', current_setting('application_name') || '-listen', false)")
                .execute().flatMap(result -> result.getRowsUpdated())
                .thenMany(session.createStatement("LISTEN corpus_changed").execute()
                        .flatMap(result -> result.getRowsUpdated()))
                .thenMany(Flux.merge(Mono.fromSupplier(() -> {
                    listening.set(true);
                    return (Object) "listening";
                }), notifications, alive.cast(Object.class)));
    }

    /** The connection has gone without a word. */
    private static final class Unheard extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unheard() {
            super("the connection that listens has ended");
        }
    }
}
