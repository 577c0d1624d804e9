package cn.cityapis.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Resident memory of processes in KiB. Pages that several processes share are divided among them where the kernel tells
 * ({@code Pss}), so that a sum counts each page once.
 */
public final class Memory {

    private Memory() {
    }

    /** The process with all its descendants; empty where the system does not tell. */
    public static OptionalLong ofTree(ProcessHandle process) {
        List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
        tree.add(process);
        long[] known = tree.stream().map(Memory::of).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong)
                .toArray();
        return known.length == 0 ? OptionalLong.empty() : OptionalLong.of(LongStream.of(known).sum());
    }

    /** The process alone. */
    public static OptionalLong of(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        OptionalLong shared = line(proc.resolve("smaps_rollup"), "Pss:");
        return shared.isPresent() ? shared : line(proc.resolve("status"), "VmRSS:");
    }

    private static OptionalLong line(Path file, String name) {
        try {
            return Files.readAllLines(file).stream().filter(line -> line.startsWith(name)).mapToLong(Memory::number)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
