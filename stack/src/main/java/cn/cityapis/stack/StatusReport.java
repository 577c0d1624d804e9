package cn.cityapis.stack;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.process.Ledger;
import cn.cityapis.stack.process.Memory;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What runs, since when, with how much memory. */
final class StatusReport {

    private final DataFolder data;

    StatusReport(DataFolder data) {
        this.data = data;
    }

    void print(PrintStream out) {
        Ledger ledger = RunningControl.ledger(data);
        out.printf("%s  data: %s  clock: %s%n", ledger.url(), data.root(),
                new DevelopmentDay(data, Clock.systemUTC()).now().truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime());
        out.printf("%-12s %8s %6s %10s %10s%n", "process", "pid", "port", "MiB", "up");
        ledger.processes().forEach((name, entry) -> out.println(line(name, entry)));
        out.printf("%-12s %8s %6s %10.1f%n", "together", "", "", total(ledger) / 1024.0);
    }

    void printMemory(Progress progress) {
        long total = total(RunningControl.ledger(data));
        if (total > 0) {
            progress.say("resident memory of all processes: %d MiB".formatted(total / 1024));
        }
    }

    private static String line(String name, Ledger.Entry entry) {
        Optional<ProcessHandle> process = entry.process();
        String memory = process.map(p -> memory(name, p)).filter(OptionalLong::isPresent)
                .map(kib -> "%.1f".formatted(kib.getAsLong() / 1024.0)).orElse("?");
        String up = process.isEmpty()
                ? "ENDED"
                : Duration.between(entry.started(), Instant.now()).truncatedTo(ChronoUnit.SECONDS).toString()
                        .substring(2);
        return "%-12s %8d %6s %10s %10s".formatted(name, entry.pid(), entry.port() == 0 ? "" : entry.port(), memory,
                up);
    }

    private static long total(Ledger ledger) {
        return ledger.processes().entrySet().stream()
                .flatMap(e -> e.getValue().process().map(p -> Map.entry(e.getKey(), p)).stream())
                .mapToLong(e -> memory(e.getKey(), e.getValue()).orElse(0)).sum();
    }

    /** The launcher is the parent of the services, which are counted by themselves. */
    private static OptionalLong memory(String name, ProcessHandle process) {
        return name.equals(Ledger.LAUNCHER) ? Memory.of(process) : Memory.ofTree(process);
    }
}
