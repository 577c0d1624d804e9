package cn.cityapis.policy.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.policy.PolicyProblem;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The download of all documents, as they were when it began. It holds a connection to the database as long as the client
 * reads: only a few may, and one that stops reading is cut off.
 */
@Component
class Bulk {

    private static final int MOST_AT_ONCE = 2;
    private static final byte[] END = {'\n'};

    private final AllDocuments documents;
    private final JsonMapper json;
    private final TransactionalOperator snapshot;
    private final Duration stall;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    Bulk(AllDocuments documents, JsonMapper json, ReactiveTransactionManager transactions, FeedSettings settings) {
        this.documents = documents;
        this.json = json;
        this.stall = settings.stall();
        DefaultTransactionDefinition oneState = new DefaultTransactionDefinition();
        oneState.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneState.setReadOnly(true);
        this.snapshot = TransactionalOperator.create(transactions, oneState);
    }

    Mono<Void> download(ServerWebExchange exchange) {
        return inOneState(state -> exchange.checkNotModified("\"1-" + state + "\"")
                ? exchange.getResponse().setComplete()
                : write(exchange.getResponse()));
    }

    private Mono<Void> write(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
        response.getHeaders().setCacheControl(CacheControl.noCache().cachePrivate());
        return response.writeWith(lines().map(line -> buffer(response, line)));
    }

    private static DataBuffer buffer(ServerHttpResponse response, byte[] line) {
        return response.bufferFactory().wrap(line);
    }

    /** Visible for tests: a line for each document, read from the database as it is taken; an error where none is. */
    Flux<byte[]> lines() {
        return documents.all().map(this::line).timeout(stall);
    }

    private byte[] line(BulkDocument document) {
        byte[] text = json.writeValueAsBytes(document);
        byte[] line = Arrays.copyOf(text, text.length + END.length);
        line[text.length] = END[0];
        return line;
    }

    /** Visible for tests: everything that is read inside sees the same state of the database. */
    <T> Mono<T> inOneState(Function<String, ? extends Mono<T>> reading) {
        return Mono.defer(() -> {
            if (!places.tryAcquire()) {
                return Mono.error(ProblemException.of(PolicyProblem.BULK_BUSY));
            }
            Publisher<T> read = snapshot.execute(transaction -> documents.unhurried().then(documents.state())
                    .flatMap(reading));
            return Flux.from(read).next().doFinally(end -> places.release());
        });
    }
}
