package cn.cityapis.stack.process;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What runs on a data folder: its address, and each process with the time of its start, so that a process number that
 * the system has given to somebody else is never mistaken for ours.
 */
public record Ledger(String url, Map<String, Entry> processes) {

    public static final String LAUNCHER = "launcher";
    private static final String URL = "url";
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    /** One process; {@code port} is 0 where it serves none. */
    public record Entry(long pid, Instant started, int port) {

        public static Entry of(ProcessHandle process, int port) {
            return new Entry(process.pid(), process.info().startInstant().orElseGet(Instant::now), port);
        }

        /** The process, if it is still the one that was recorded. */
        public Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::same);
        }

        private boolean same(ProcessHandle candidate) {
            return candidate.info().startInstant()
                    .filter(start -> Duration.between(started, start).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                    .isPresent();
        }
    }

    public Ledger {
        processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
    }

    public static Ledger of(String url) {
        return new Ledger(url, Map.of());
    }

    public Ledger with(String name, Entry entry) {
        Map<String, Entry> more = new LinkedHashMap<>(processes);
        more.put(name, entry);
        return new Ledger(url, more);
    }

    public Optional<ProcessHandle> launcher() {
        return Optional.ofNullable(processes.get(LAUNCHER)).flatMap(Entry::process);
    }

    public void write(Path file) {
        DataFolder.writePrivately(file, processes.entrySet().stream().map(e -> line(e.getKey(), e.getValue()))
                .collect(Collectors.joining("", URL + "=" + url + "\n", "")));
    }

    public static Optional<Ledger> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return Optional.of(lines.stream().reduce(Ledger.of(""), Ledger::plus, (one, other) -> other));
    }

    private Ledger plus(String line) {
        String[] parts = line.split("=", 2);
        if (parts[0].equals(URL)) {
            return new Ledger(parts[1], processes);
        }
        return with(parts[0], entry(parts[1]));
    }

    private static String line(String name, Entry entry) {
        return name + "=" + entry.pid() + " " + entry.started().toEpochMilli() + " " + entry.port() + "\n";
    }

    private static Entry entry(String text) {
        String[] parts = text.split(" ", -1);
        return new Entry(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])),
                Integer.parseInt(parts[2]));
    }
}
