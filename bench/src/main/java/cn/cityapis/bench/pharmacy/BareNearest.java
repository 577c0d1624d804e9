package cn.cityapis.bench.pharmacy;

import cn.cityapis.bench.Pgbench;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The query that finds the nearest, bare: nobody signs in, reads prices or writes JSON. */
record BareNearest(Pgbench pgbench) {

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

    /** @return queries a second */
    double aSecond(UUID medicine, int clients, int seconds) throws IOException, InterruptedException {
        return pgbench.aSecond(String.format(Locale.ROOT, SCRIPT, (int) (City.SOUTH * 10_000),
                (int) (City.NORTH * 10_000), (int) (City.WEST * 10_000), (int) (City.EAST * 10_000), medicine), clients,
                List.of("-T", String.valueOf(seconds)));
    }
}
