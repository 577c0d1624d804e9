package cn.cityapis.bench.pharmacy;

import cn.cityapis.bench.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query that finds the nearest, bare: nobody signs in, reads prices or writes JSON. The archive of the embedded
 * PostgreSQL has no pgbench; the one on the PATH is taken (Debian: postgresql-15).
 */
record Pgbench(Database database, Path folder) {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial");
    private static final String SCRIPT = """
            \\set lat random(%d, %d) / 10000.0
            \\set lon random(%d, %d) / 10000.0
            SELECT w.drug_id, n.retail_price_fen, n.reported_at, n.chord, i.id, i.kind, i.name, c.name AS chain_name,
                   i.address, i.area_code, i.phone, i.insurance_accepted, i.lat, i.lon, i.demo,
                   coalesce((SELECT bool_or(coalesce(e.opens <= localtime AND localtime < e.closes, false))
                               FROM opening_exception e WHERE e.institution_id = i.id AND e.day = current_date),
                            EXISTS (SELECT FROM opening_hours o
                                     WHERE o.institution_id = i.id
                                       AND o.weekday = CASE WHEN (SELECT k.keeps_calendar FROM institution k
                                                                   WHERE k.id = i.id) THEN 1 ELSE 2 END
                                       AND o.opens <= localtime AND localtime < o.closes)) AS open_now
              FROM unnest(ARRAY['%s'::uuid], ARRAY[735::bigint]) AS w (drug_id, procured_fen)
             CROSS JOIN LATERAL (
                   SELECT s.institution_id, s.retail_price_fen, s.reported_at, s.position <-> h.here AS chord
                     FROM stock s,
                          (SELECT cube(ARRAY[cos(radians(:lat)) * cos(radians(:lon)),
                                             cos(radians(:lat)) * sin(radians(:lon)), sin(radians(:lat))]) AS here) h
                    WHERE s.drug_id = w.drug_id AND s.quantity > 0
                    ORDER BY s.position <-> h.here
                    LIMIT 20) AS n
              JOIN institution i ON i.id = n.institution_id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.chord, i.id, w.drug_id
             LIMIT 20;
            """;

    /** Whether there is one on the PATH. */
    static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("pgbench", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** @return queries a second */
    double nearest(UUID medicine, int clients, int seconds) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("nearest.sql"), String.format(Locale.ROOT, SCRIPT,
                (int) (City.SOUTH * 10_000), (int) (City.NORTH * 10_000), (int) (City.WEST * 10_000),
                (int) (City.EAST * 10_000), medicine));
        ProcessBuilder builder = new ProcessBuilder(List.of("pgbench", "-n", "-M", "prepared", "-c",
                String.valueOf(clients), "-j", "2", "-T", String.valueOf(seconds), "-f", script.toString(), "-h",
                "localhost", "-p", String.valueOf(database.port()), "-U", database.name(), database.name()))
                .redirectErrorStream(true);
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
