package cn.cityapis.bench.gateway;

import cn.cityapis.bench.Children;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that may use one core only (util-linux' taskset). */
record Pinned(Process process, Path log) implements AutoCloseable {

    static Pinned start(int core, Path log, List<String> command) throws IOException {
        return free(log, Map.of(), pinned(core, command));
    }

    /** Not pinned yet: a virtual machine compiles on one core for minutes, at the cost of what it serves. */
    static Pinned free(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Pinned(Children.start(builder), log);
    }

    /** From now on, with every thread it has, on one core. */
    void to(int core) throws IOException, InterruptedException {
        pin(process.pid(), core);
    }

    /** Runs it to its end and gives what it wrote. */
    static String output(int core, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(pinned(core, command)).redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + written);
        }
        return written;
    }

    /** This process, with every thread it has, on one core. */
    static void myself(int core) throws IOException, InterruptedException {
        pin(ProcessHandle.current().pid(), core);
    }

    private static void pin(long process, int core) throws IOException, InterruptedException {
        output(core, List.of("taskset", "-acp", String.valueOf(core), String.valueOf(process)));
    }

    private static List<String> pinned(int core, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
        whole.addAll(command);
        return whole;
    }

    /** Of all its threads since its start. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    String written() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
