package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Decides the jobs' blocks, each in a transaction of its own: killed anywhere, a block is either decided with all that
 * follows from it or is taken again. Replicas share the work by skipping each other's blocks.
 */
@Component
class RunBatchJobs {

    private static final int AT_ONCE = 2;

    private final BatchJobs jobs;
    private final EvaluateBatch evaluate;
    private final SchemeCatalogue catalogue;
    private final TransactionalOperator transaction;

    RunBatchJobs(BatchJobs jobs, EvaluateBatch evaluate, SchemeCatalogue catalogue,
            TransactionalOperator transaction) {
        this.jobs = jobs;
        this.evaluate = evaluate;
        this.catalogue = catalogue;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return jobs.running().flatMapMany(Flux::fromIterable).concatMap(this::finish).then(jobs.deleteForgotten());
    }

    private Mono<Void> finish(BatchJobs.Open job) {
        OutcomeLines outcomes = new OutcomeLines(new BatchEvaluation(catalogue, job.asOf()),
                evaluate.reader(job.format(), job.header()));
        return Flux.range(0, AT_ONCE).flatMap(worker -> blocks(job, outcomes), AT_ONCE).then(jobs.finish(job.job()));
    }

    /** One block after the other until none is left. */
    private Mono<Void> blocks(BatchJobs.Open job, OutcomeLines outcomes) {
        return one(job, outcomes).repeat().takeUntil(worked -> !worked).then();
    }

    /** @return false where no block is left */
    Mono<Boolean> one(BatchJobs.Open job, OutcomeLines outcomes) {
        return jobs.take(job.job())
                .flatMap(block -> Mono.fromCallable(() -> outcomes.of(lines(block)))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(decided -> jobs.decided(job.job(), block, decided, compressed(decided.json())))
                        .thenReturn(true))
                .as(transaction::transactional)
                .defaultIfEmpty(false);
    }

    private static LineSplitter.Lines lines(BatchJobs.Block block) {
        LineSplitter splitter = new LineSplitter();
        return new LineSplitter.Lines(block.firstLine(), splitter.add(block.lines()).lines());
    }

    static byte[] compressed(byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length / 8 + 64);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED))) {
            out.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] expanded(byte[] compressed) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
