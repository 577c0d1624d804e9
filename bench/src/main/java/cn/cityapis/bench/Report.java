package cn.cityapis.bench;

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
public final class Report {

    /** Of the machine: a benchmark may leave itself fewer. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private final List<Target> targets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final String service;
    private final String title;

    /** @param service as bench/run calls it; {@code title} heads its part of the results */
    public Report(String service, String title) {
        this.service = service;
        this.title = title;
    }

    public void add(Target target) {
        targets.add(target);
        System.out.println(target.row());
    }

    public void note(String format, Object... values) {
        String note = String.format(Locale.ROOT, format, values);
        notes.add(note);
        System.out.println("- " + note);
    }

    public String text(Path project) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of("## " + title, "", machine(project), "",
                "| what | target | measured | times better than asked | verdict | how |", "|---|---|---|---|---|---|"));
        targets.forEach(target -> lines.add(target.row()));
        lines.add("");
        notes.forEach(note -> lines.add("- " + note));
        return String.join("\n", lines) + "\n";
    }

    /** Replaces the part of the results file that is this benchmark's. */
    public void write(Path project) throws IOException, InterruptedException {
        Path file = project.resolve("docs/benchmarks.md");
        String old = Files.exists(file) ? Files.readString(file) : "# Benchmarks\n\n";
        String head = "<!-- %s: written by bench/run %s --write -->".formatted(service, service);
        String foot = "<!-- end of %s -->".formatted(service);
        int begin = old.indexOf(head);
        int end = old.indexOf(foot);
        String before = begin < 0 ? old : old.substring(0, begin);
        String after = end < 0 ? "\n" : old.substring(end + foot.length());
        Files.writeString(file, before + head + "\n" + text(project) + foot + after);
    }

    private static String machine(Path project) throws IOException, InterruptedException {
        return "%s, commit %s. %d cores, %.0f GB of memory, JDK %s, load average at the end %.1f.".formatted(
                ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES), commit(project),
                CORES, memory() / 1e9, Runtime.version(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static double memory() {
        return java.lang.management.ManagementFactory
                .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
    }

    /** With a mark if anything but this very file was changed since. */
    private static String commit(Path project) throws IOException, InterruptedException {
        String changed = git(project, "status", "--porcelain", "--untracked-files=no", "--", ".",
                ":!docs/benchmarks.md");
        return git(project, "rev-parse", "--short", "HEAD") + (changed.isEmpty() ? "" : "-dirty");
    }

    private static String git(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        git.waitFor();
        return answer;
    }
}
