package cn.cityapis.bench.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of a run, and the machine it ran on. */
final class Report {

    private static final String HEAD = "<!-- policy: written by bench/run policy --write -->";
    private static final String END = "<!-- end of policy -->";

    private final List<Target> targets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(Target target) {
        targets.add(target);
        System.out.println(target.row());
    }

    void note(String format, Object... values) {
        String note = String.format(Locale.ROOT, format, values);
        notes.add(note);
        System.out.println("- " + note);
    }

    String text(Path project) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of("## Policy: search and load", "", machine(project), "",
                "| what | target | measured | times better than asked | verdict | how |", "|---|---|---|---|---|---|"));
        targets.forEach(target -> lines.add(target.row()));
        lines.add("");
        notes.forEach(note -> lines.add("- " + note));
        return String.join("\n", lines) + "\n";
    }

    /** Replaces the part of the results file that is this benchmark's. */
    void write(Path project) throws IOException, InterruptedException {
        Path file = project.resolve("docs/benchmarks.md");
        String old = Files.exists(file) ? Files.readString(file) : "# Benchmarks\n\n";
        int begin = old.indexOf(HEAD);
        int end = old.indexOf(END);
        String before = begin < 0 ? old : old.substring(0, begin);
        String after = end < 0 ? "\n" : old.substring(end + END.length());
        Files.writeString(file, before + HEAD + "\n" + text(project) + END + after);
    }

    private static String machine(Path project) throws IOException, InterruptedException {
        return "%s, commit %s. %d cores, %.0f GB of memory, JDK %s, load average at the end %.1f.".formatted(
                ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES), commit(project),
                Runtime.getRuntime().availableProcessors(), memory() / 1e9, Runtime.version(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static double memory() {
        return java.lang.management.ManagementFactory
                .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
    }

    private static String commit(Path project) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "-C", project.toString(), "describe", "--always", "--dirty").start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        git.waitFor();
        return answer;
    }
}
