package cn.cityapis.subsidy.batch;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.SubsidyProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores a list as it comes in, block by block; nothing runs before it is there in full. */
@Component
class ReceiveBatch {

    private static final int BLOCK = 32;
    private static final long MIB = 1024 * 1024;

    private final BatchJobs jobs;
    private final EvaluateBatch evaluate;
    private final Ids ids;
    private final long mostLines;
    private final long mostMib;

    ReceiveBatch(BatchJobs jobs, EvaluateBatch evaluate, Ids ids,
            @Value("${subsidy.batch.most-lines:2000000}") long mostLines,
            @Value("${subsidy.batch.most-mib:1024}") long mostMib) {
        this.jobs = jobs;
        this.evaluate = evaluate;
        this.ids = ids;
        this.mostLines = mostLines;
        this.mostMib = mostMib;
    }

    /** @param digest of the list, by which a repeated call is recognised */
    record Received(UUID job, long lines, String digest) {
    }

    Mono<Received> receive(Flux<DataBuffer> body, String org, BatchFormat format, LocalDate asOf, String by) {
        return Mono.defer(() -> {
            UUID job = ids.next();
            MessageDigest digest = sha256();
            AtomicInteger number = new AtomicInteger();
            AtomicLong size = new AtomicLong();
            return EvaluateBatch.lines(body).buffer(BLOCK).concatMap(some -> {
                BatchJobs.Block block = block(number.getAndIncrement(), some);
                requireRoom(some.getLast(), size.addAndGet(block.lines().length));
                digest.update(block.lines());
                Mono<Void> begun = block.number() > 0
                        ? Mono.empty()
                        : jobs.begin(job, org, format, header(format, some), asOf, by);
                return begun.then(jobs.add(job, block)).thenReturn(lines(some));
            }, 1).reduce(0L, Long::sum)
                    .filter(lines -> lines > 0)
                    .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.BODY_MISSING)))
                    .map(lines -> new Received(job, lines, HexFormat.of().formatHex(digest.digest())))
                    .onErrorResume(ProblemException.class, refused -> jobs.delete(job).then(Mono.error(refused)));
        });
    }

    /** Each line is stored before it is decided: what is sent without end would fill the database. */
    private void requireRoom(LineSplitter.Lines last, long bytes) {
        long lines = last.first() + last.lines().size() - 1;
        if (lines > mostLines || bytes > mostMib * MIB) {
            throw ProblemException.of(SubsidyProblem.FILE_TOO_LARGE,
                    "一个批量任务最多 " + mostLines + " 行、" + mostMib + " MiB，请分成几个任务提交");
        }
    }

    private String header(BatchFormat format, List<LineSplitter.Lines> first) {
        evaluate.reader(format, first.getFirst());
        return format == BatchFormat.CSV
                ? new String(first.getFirst().lines().getFirst(), StandardCharsets.UTF_8)
                : "";
    }

    private static BatchJobs.Block block(int number, List<LineSplitter.Lines> some) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (LineSplitter.Lines lines : some) {
            for (byte[] line : lines.lines()) {
                bytes.writeBytes(line);
                bytes.write('\n');
            }
        }
        return new BatchJobs.Block(number, some.getFirst().first(), bytes.toByteArray());
    }

    private static long lines(List<LineSplitter.Lines> some) {
        return some.stream().mapToLong(lines -> lines.lines().size()).sum();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
