package cn.cityapis.subsidy.batch;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A stream of lines in, a stream of answers out, in the same order. No more is read than the receiver takes: a few blocks
 * of lines are in memory, whatever the length of the batch.
 */
@Component
class EvaluateBatch {

    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();
    private static final String SUMMARY = "{\"summary\":{\"lines\":%d,\"processed\":%d,\"broken\":%d}}\n";

    private final SchemeCatalogue catalogue;
    /** Its own threads: a batch must not hold up the requests. */
    private final Scheduler workers = Schedulers.newParallel("batch", AT_ONCE, true);

    EvaluateBatch(SchemeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    private static final class Totals {
        private final AtomicLong lines = new AtomicLong();
        private final AtomicLong processed = new AtomicLong();
        private final AtomicLong broken = new AtomicLong();
    }

    Flux<byte[]> evaluate(Flux<DataBuffer> body, BatchFormat format, LocalDate asOf) {
        return Flux.defer(() -> {
            Totals totals = new Totals();
            BatchEvaluation evaluation = new BatchEvaluation(catalogue, asOf);
            Flux<byte[]> answers = lines(body).switchOnFirst((signal, lines) -> {
                LineSplitter.Lines first = signal.get();
                return first == null
                        ? lines.thenMany(Flux.error(ProblemException.of(CommonProblem.BODY_MISSING)))
                        : answer(lines, new OutcomeLines(evaluation, reader(format, first)), totals);
            });
            return answers.concatWith(Mono.fromSupplier(() -> SUMMARY.formatted(totals.lines.get(),
                    totals.processed.get(), totals.broken.get()).getBytes(StandardCharsets.UTF_8)));
        });
    }

    private Flux<byte[]> answer(Flux<LineSplitter.Lines> lines, OutcomeLines outcomes, Totals totals) {
        return lines.flatMapSequential(block -> Mono.fromCallable(() -> outcomes.of(block)).subscribeOn(workers),
                AT_ONCE, 1).map(block -> {
                    totals.lines.addAndGet(block.lines());
                    totals.processed.addAndGet(block.processed());
                    totals.broken.addAndGet(block.broken());
                    return block.json();
                }).filter(json -> json.length > 0);
    }

    /** Blocks of whole lines; none is empty. */
    static Flux<LineSplitter.Lines> lines(Flux<DataBuffer> body) {
        return Flux.defer(() -> {
            LineSplitter splitter = new LineSplitter();
            return body.map(buffer -> splitter.add(bytes(buffer)))
                    .concatWith(Mono.fromSupplier(splitter::end))
                    .filter(lines -> !lines.lines().isEmpty());
        });
    }

    /** @throws ProblemException 400 naming every column that cannot be read */
    CaseReader reader(BatchFormat format, LineSplitter.Lines first) {
        return reader(format, new String(first.lines().getFirst(), StandardCharsets.UTF_8));
    }

    CaseReader reader(BatchFormat format, String header) {
        CaseReader reader = format.reader(catalogue, header);
        if (reader instanceof CsvReader csv && !csv.wrong().isEmpty()) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "首行的列名有误",
                    csv.wrong().stream().map(detail -> new Violation("/0", "unknown-column", detail)).toList());
        }
        return reader;
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
