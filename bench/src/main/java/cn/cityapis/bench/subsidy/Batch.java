package cn.cityapis.bench.subsidy;

import cn.cityapis.bench.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/** One batch over HTTP: lines are made and sent while the answers are read. */
final class Batch {

    private static final int PIECE = 60_000;

    private final Service service;

    Batch(Service service) {
        this.service = service;
    }

    /**
     * @param bytes of the answers
     * @param earlyMegabytes resident memory of the service after a tenth of the lines
     * @param lateMegabytes after the last
     */
    record Done(double seconds, long bytes, long earlyMegabytes, long lateMegabytes) {
    }

    Done run(int lines, IntFunction<String> line, OutputStream answers) throws IOException {
        return run("/api/subsidy/v1/batch-evaluations", service.token(Service.APP), lines, line, answers);
    }

    /** As a job: its answer is the job. */
    Done job(int lines, IntFunction<String> line, OutputStream answer) throws IOException {
        return run("/api/subsidy/v1/batch-jobs", service.token(Service.OFFICER), lines, line, answer);
    }

    private Done run(String path, String token, int lines, IntFunction<String> line, OutputStream answers)
            throws IOException {
        long begin = System.nanoTime();
        try (Wire wire = new Wire(service.port())) {
            wire.begin(path + "?asOf=" + SubsidyBenchmark.DAY, token, "application/x-ndjson");
            CompletableFuture<Long> early = CompletableFuture.supplyAsync(() -> send(wire, lines, line));
            int status = wire.status();
            if (status / 100 != 2) {
                throw new IllegalStateException("the batch is refused: " + status);
            }
            Counting counting = new Counting(answers);
            wire.body(counting);
            long late = service.residentMegabytes();
            return new Done((System.nanoTime() - begin) / 1e9, counting.bytes, early.join(), late);
        }
    }

    private long send(Wire wire, int lines, IntFunction<String> line) {
        long early = 0;
        try {
            ByteArrayOutputStream piece = new ByteArrayOutputStream(2 * PIECE);
            for (int i = 0; i < lines; i++) {
                piece.writeBytes(line.apply(i).getBytes(StandardCharsets.US_ASCII));
                if (piece.size() > PIECE || i == lines - 1) {
                    wire.piece(piece.toByteArray());
                    piece.reset();
                }
                if (i == lines / 10) {
                    early = service.residentMegabytes();
                }
            }
            wire.end();
            return early;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static final class Counting extends OutputStream {

        private final OutputStream to;
        private long bytes;

        Counting(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            bytes++;
            to.write(b);
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            bytes += length;
            to.write(some, from, length);
        }
    }
}
