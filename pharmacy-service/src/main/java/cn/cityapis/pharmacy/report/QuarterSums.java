package cn.cityapis.pharmacy.report;

import cn.cityapis.pharmacy.catalogue.CitySettings;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.report.QuarterlyFigures.ByArea;
import cn.cityapis.pharmacy.report.QuarterlyFigures.ByChain;
import cn.cityapis.pharmacy.report.QuarterlyFigures.ByMedicine;
import cn.cityapis.pharmacy.volume.AgreedVolumes;
import cn.cityapis.pharmacy.volume.AgreedVolumes.Fulfilment;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Adds a quarter up, from what was accepted, credited and paid. */
@Repository
class QuarterSums {

    /** What was accepted in the quarter, with the price before it at the time. */
    private static final String ACCEPTED = """
            WITH accepted AS (
                SELECT l.chain_id, l.store_id, l.drug_id, p.packs, p.packs * l.price_fen AS fen,
                       b.pack_fen AS before_fen, p.packs * greatest(0, coalesce(b.pack_fen - l.price_fen, 0)) AS saved
                  FROM accepted_line p
                  JOIN order_line l ON l.order_id = p.order_id AND l.line_no = p.line_no
                  LEFT JOIN LATERAL (SELECT pack_fen FROM price
                                      WHERE drug_id = l.drug_id AND kind = 'before' AND area = ANY(:areas)
                                        AND in_force_from < :next
                                      ORDER BY array_position(:areas::text[], area), in_force_from DESC,
                                               recorded_at DESC, id DESC LIMIT 1) b ON true
                 WHERE p.day >= :first AND p.day < :next)
            """;

    private final DatabaseClient database;
    private final AgreedVolumes volumes;
    private final CitySettings city;

    QuarterSums(DatabaseClient database, AgreedVolumes volumes, CitySettings city) {
        this.database = database;
        this.volumes = volumes;
        this.city = city;
    }

    Mono<QuarterlyFigures> of(Quarter quarter) {
        return byMedicine(quarter).flatMap(medicines -> byChain(quarter)
                .flatMap(chains -> byArea(quarter).flatMap(areas -> payments(quarter)
                        .flatMap(paid -> demo().map(demo -> figures(quarter, medicines, chains, areas, paid, demo))))));
    }

    private record Payments(int due, int inTime, @Nullable Integer meanDays) {
    }

    private static QuarterlyFigures figures(Quarter quarter, List<ByMedicine> medicines, List<ByChain> chains,
            List<ByArea> areas, Payments paid, boolean demo) {
        Fen amount = medicines.stream().map(ByMedicine::amountFen).reduce(new Fen(0), Fen::plus);
        Fen saved = medicines.stream().map(ByMedicine::savedFen).reduce(new Fen(0), Fen::plus);
        int buyers = (int) chains.stream().filter(chain -> chain.packs() > 0).count();
        return new QuarterlyFigures(quarter.toString(), buyers,
                new HashSet<>(medicines.stream().map(ByMedicine::drugId).toList()).size(),
                medicines.stream().mapToLong(ByMedicine::packs).sum(), amount, saved, paid.due(),
                paid.due() == 0 ? null : paid.inTime() * 10_000 / paid.due(), paid.meanDays(), medicines, chains,
                areas, demo);
    }

    private DatabaseClient.GenericExecuteSpec in(Quarter quarter, String sql) {
        return database.sql(sql).bind("first", quarter.first()).bind("next", quarter.next());
    }

    /** What is asked of all that was accepted. */
    private DatabaseClient.GenericExecuteSpec ofAccepted(Quarter quarter, String sql) {
        return in(quarter, ACCEPTED + sql).bind("areas", city.areas().toArray(String[]::new));
    }

    private Mono<List<ByMedicine>> byMedicine(Quarter quarter) {
        return ofAccepted(quarter, """
                SELECT d.id, d.generic_name, d.strength, d.maker, sum(a.packs) AS packs, sum(a.fen) AS fen,
                       max(a.before_fen) AS before_fen, sum(a.saved) AS saved
                  FROM accepted a JOIN drug d ON d.id = a.drug_id
                 GROUP BY d.id HAVING sum(a.packs) > 0 ORDER BY fen DESC, d.id
                """)
                .map(row -> new ByMedicine(row.get("id", UUID.class), row.get("generic_name", String.class),
                        row.get("strength", String.class), row.get("maker", String.class), whole(row, "packs"),
                        new Fen(whole(row, "fen")),
                        new Fen(Math.round((double) whole(row, "fen") / whole(row, "packs"))),
                        fen(row, "before_fen"), new Fen(whole(row, "saved"))))
                .all()
                .collectList();
    }

    /** Fulfilment is that of the cycles up to the end of the quarter: agreed volumes have no quarters. */
    private Mono<List<ByChain>> byChain(Quarter quarter) {
        return volumes.byChain(quarter.first(), quarter.next().minusDays(1)).flatMap(agreed -> ofAccepted(quarter, """
                SELECT c.id, c.name, coalesce(sum(a.packs), 0) AS packs, coalesce(sum(a.fen), 0) AS fen,
                       coalesce(sum(a.saved), 0) AS saved
                  FROM chain c LEFT JOIN accepted a ON a.chain_id = c.id
                 GROUP BY c.id ORDER BY c.org
                """)
                .map(row -> chain(row, agreed.getOrDefault(row.get("id", UUID.class), Fulfilment.NOTHING)))
                .all()
                .collectList());
    }

    private static ByChain chain(Readable row, Fulfilment agreed) {
        return new ByChain(row.get("id", UUID.class), row.get("name", String.class), whole(row, "packs"),
                new Fen(whole(row, "fen")), new Fen(whole(row, "saved")), agreed.expectedPacks(),
                agreed.acceptedPacks(), share(agreed.acceptedPacks(), agreed.expectedPacks()));
    }

    private static @Nullable Integer share(long part, long whole) {
        return whole == 0 ? null : (int) Math.min(Integer.MAX_VALUE, part * 10_000 / whole);
    }

    private Mono<List<ByArea>> byArea(Quarter quarter) {
        return ofAccepted(quarter, """
                SELECT left(i.area_code, 6) AS code, coalesce(max(r.name), left(i.area_code, 6)) AS name,
                       sum(a.packs) AS packs, sum(a.fen) AS fen, sum(a.saved) AS saved
                  FROM accepted a
                  JOIN institution i ON i.id = a.store_id
                  LEFT JOIN area r ON r.code = left(i.area_code, 6)
                 GROUP BY 1 ORDER BY 1
                """)
                .map(row -> new ByArea(row.get("code", String.class), row.get("name", String.class),
                        whole(row, "packs"), new Fen(whole(row, "fen")), new Fen(whole(row, "saved"))))
                .all()
                .collectList();
    }

    private Mono<Payments> payments(Quarter quarter) {
        return in(quarter, """
                SELECT count(*) FILTER (WHERE due_on >= :first AND due_on < :next)::int AS due,
                       count(*) FILTER (WHERE due_on >= :first AND due_on < :next AND paid_on <= due_on)::int AS in_time,
                       round(avg(paid_on - accepted_on) FILTER (WHERE paid_on >= :first AND paid_on < :next))::int AS days
                  FROM settlement WHERE amount_fen > credited_fen OR state = 'paid'
                """)
                .map(row -> new Payments(row.get("due", Integer.class), row.get("in_time", Integer.class),
                        row.get("days", Integer.class)))
                .one();
    }

    private Mono<Boolean> demo() {
        return database.sql("SELECT EXISTS (SELECT FROM chain WHERE demo) AS demo")
                .map(row -> row.get("demo", Boolean.class)).one();
    }

    private static long whole(Readable row, String column) {
        return new BigDecimal(String.valueOf(row.get(column))).longValueExact();
    }

    private static @Nullable Fen fen(Readable row, String column) {
        Long amount = row.get(column, Long.class);
        return amount == null ? null : new Fen(amount);
    }
}
