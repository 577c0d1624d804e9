package cn.cityapis.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL does with bare statements. The archive of the embedded PostgreSQL has no pgbench; the one on the PATH is
 * taken (Debian: postgresql-15).
 *
 * @param folder for the script
 */
public record Pgbench(Database database, Path folder) {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial");

    /** Whether there is one on the PATH. */
    public static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("pgbench", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param clients at once, by two threads
     * @param options of pgbench beside these, such as {@code -T 10}
     * @return runs of the script a second
     */
    public double aSecond(String script, int clients, List<String> options) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("pgbench.sql"), script);
        List<String> command = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared", "-c",
                String.valueOf(clients), "-j", "2", "-f", file.toString()));
        command.addAll(options);
        command.addAll(List.of("-h", "localhost", "-p", String.valueOf(database.port()), "-U", database.name(),
                database.name()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PGPASSWORD", database.name()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(out);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IllegalStateException("pgbench: " + out);
        }
        return Double.parseDouble(rate.group(1));
    }
}
