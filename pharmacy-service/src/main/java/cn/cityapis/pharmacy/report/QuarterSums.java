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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Adds a quarter up, from what was accepted, credited and paid. */
@Repository
class QuarterSums {

    /**
     * What was accepted in the quarter less what was taken back in it, whenever that had come; read once and added up
     * three ways, so that the three agree: by medicine, by chain and by area, of which each row has one.
     */
    static final String RECEIVED = """
            WITH before AS MATERIALIZED (
                SELECT DISTINCT ON (drug_id) drug_id, pack_fen FROM price
                 WHERE kind = 'before' AND area = ANY(:areas) AND in_force_from < :next
                 ORDER BY drug_id, array_position(:areas::text[], area), in_force_from DESC, recorded_at DESC, id DESC),
            received AS MATERIALIZED (
                SELECT l.chain_id, l.store_id, l.drug_id, l.price_fen, sum(r.packs) AS packs,
                       sum(greatest(0, r.packs)) AS bought
                  FROM received_line r
                  JOIN order_line l ON l.order_id = r.order_id AND l.line_no = r.line_no
                 WHERE r.at >= :first::timestamp AT TIME ZONE 'Asia/Shanghai'
                   AND r.at < :next::timestamp AT TIME ZONE 'Asia/Shanghai'
                 GROUP BY l.chain_id, l.store_id, l.drug_id, l.price_fen),
            summed AS (
                SELECT a.drug_id, a.chain_id, left(i.area_code, 6) AS area_code, sum(a.packs) AS packs,
                       sum(a.packs * a.price_fen) AS fen, sum(a.bought) AS bought,
                       sum(a.bought * a.price_fen) AS bought_fen,
                       sum(a.packs * greatest(0, coalesce(b.pack_fen - a.price_fen, 0))) AS saved
                  FROM received a
                  JOIN institution i ON i.id = a.store_id
                  LEFT JOIN before b ON b.drug_id = a.drug_id
                 GROUP BY GROUPING SETS ((a.drug_id), (a.chain_id), (left(i.area_code, 6))))
            SELECT s.drug_id, s.chain_id, s.area_code, s.packs, s.fen, s.bought, s.bought_fen, s.saved, d.generic_name,
                   d.strength, d.maker, b.pack_fen AS before_fen, coalesce(r.name, s.area_code) AS area_name
              FROM summed s
              LEFT JOIN drug d ON d.id = s.drug_id
              LEFT JOIN before b ON b.drug_id = s.drug_id
              LEFT JOIN area r ON r.code = s.area_code
             ORDER BY s.area_code, s.fen DESC, s.drug_id
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
        return received(quarter).flatMap(sums -> byChain(quarter, sums)
                .flatMap(chains -> payments(quarter)
                        .flatMap(paid -> undecided(quarter).flatMap(
                                open -> demo().map(demo -> figures(quarter, sums, chains, paid, open, demo))))));
    }

    private record Payments(int due, int inTime, @Nullable Integer meanDays, @Nullable Integer meanDaysFromDelivery) {
    }

    private sealed interface Sum {

        record OfMedicine(ByMedicine medicine, long bought) implements Sum {
        }

        record OfChain(UUID chain, long bought, long packs, Fen amount, Fen saved) implements Sum {
        }

        record OfArea(ByArea area) implements Sum {
        }
    }

    private static <T extends Sum> Stream<T> only(Class<T> kind, List<Sum> sums) {
        return sums.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static QuarterlyFigures figures(Quarter quarter, List<Sum> sums, List<ByChain> chains, Payments paid,
            int undecided, boolean demo) {
        List<ByMedicine> medicines = only(Sum.OfMedicine.class, sums).map(Sum.OfMedicine::medicine).toList();
        int bought = (int) only(Sum.OfMedicine.class, sums).filter(sum -> sum.bought() > 0).count();
        Fen amount = medicines.stream().map(ByMedicine::amountFen).reduce(new Fen(0), Fen::plus);
        Fen saved = medicines.stream().map(ByMedicine::savedFen).reduce(new Fen(0), Fen::plus);
        int buyers = (int) only(Sum.OfChain.class, sums).filter(sum -> sum.bought() > 0).count();
        return new QuarterlyFigures(quarter.toString(), buyers, bought,
                medicines.stream().mapToLong(ByMedicine::packs).sum(), amount, saved, paid.due(),
                share(paid.inTime(), paid.due()), paid.meanDays(), paid.meanDaysFromDelivery(), undecided, medicines,
                chains,
                only(Sum.OfArea.class, sums).map(Sum.OfArea::area).toList(), demo);
    }

    private DatabaseClient.GenericExecuteSpec in(Quarter quarter, String sql) {
        return database.sql(sql).bind("first", quarter.first()).bind("next", quarter.next());
    }

    private Mono<List<Sum>> received(Quarter quarter) {
        return in(quarter, RECEIVED).bind("areas", city.areas().toArray(String[]::new))
                .map(QuarterSums::sum)
                .all()
                .collectList();
    }

    private static Sum sum(Readable row) {
        UUID chain = row.get("chain_id", UUID.class);
        String area = row.get("area_code", String.class);
        long packs = whole(row, "packs");
        long bought = whole(row, "bought");
        Fen amount = new Fen(whole(row, "fen"));
        Fen saved = new Fen(whole(row, "saved"));
        if (chain != null) {
            return new Sum.OfChain(chain, bought, packs, amount, saved);
        }
        return area == null
                ? new Sum.OfMedicine(medicine(row, packs, amount, saved), bought)
                : new Sum.OfArea(new ByArea(area, row.get("area_name", String.class), packs, amount, saved));
    }

    private static ByMedicine medicine(Readable row, long packs, Fen amount, Fen saved) {
        long bought = whole(row, "bought");
        Fen mean = bought > 0 ? mean(whole(row, "bought_fen"), bought) : mean(-amount.amount(), -packs);
        return new ByMedicine(row.get("drug_id", UUID.class), row.get("generic_name", String.class),
                row.get("strength", String.class), row.get("maker", String.class), packs, amount, mean,
                fen(row, "before_fen"), saved);
    }

    private static Fen mean(long fen, long packs) {
        return new Fen(Math.floorDiv(2 * fen + packs, 2 * packs));
    }

    /** Fulfilment is that of the cycles up to the end of the quarter: agreed volumes have no quarters. */
    private Mono<List<ByChain>> byChain(Quarter quarter, List<Sum> sums) {
        Map<UUID, Sum.OfChain> bought = only(Sum.OfChain.class, sums)
                .collect(Collectors.toMap(Sum.OfChain::chain, Function.identity()));
        return volumes.byChain(quarter.first(), quarter.next().minusDays(1))
                .flatMap(agreed -> database.sql("""
                        SELECT id, name FROM chain WHERE institution_id IS NULL OR id = ANY(:moved) ORDER BY org
                        """)
                        .bind("moved", Stream.concat(bought.keySet().stream(), agreed.keySet().stream())
                                .toArray(UUID[]::new))
                        .map(row -> chain(row, bought, agreed))
                        .all()
                        .collectList());
    }

    private static ByChain chain(Readable row, Map<UUID, Sum.OfChain> bought, Map<UUID, Fulfilment> agreed) {
        UUID id = row.get("id", UUID.class);
        Sum.OfChain sum = bought.getOrDefault(id, new Sum.OfChain(id, 0, 0, new Fen(0), new Fen(0)));
        Fulfilment done = agreed.getOrDefault(id, Fulfilment.NOTHING);
        return new ByChain(id, row.get("name", String.class), sum.packs(), sum.amount(), sum.saved(),
                done.expectedPacks(), done.acceptedPacks(), done.countedPacks(),
                share(done.countedPacks(), done.expectedPacks()), done.lines(), done.linesBehind());
    }

    private static @Nullable Integer share(long part, long whole) {
        return whole == 0 ? null : (int) Math.min(Integer.MAX_VALUE, part * 10_000 / whole);
    }

    /** Late on a provisional day is not late; what is recorded after a quarter has ended is of the quarter after it. */
    private Mono<Payments> payments(Quarter quarter) {
        return in(quarter, """
                SELECT count(*) FILTER (WHERE due_on >= :first AND due_on < :next
                                          AND (in_time OR NOT provisional))::int AS due,
                       count(*) FILTER (WHERE due_on >= :first AND due_on < :next AND in_time)::int AS in_time,
                       round(avg(paid_on - accepted_on)
                             FILTER (WHERE counted_on >= :first AND counted_on < :next))::int AS days,
                       round(avg(paid_on - (v.delivered_at AT TIME ZONE 'Asia/Shanghai')::date)
                             FILTER (WHERE counted_on >= :first AND counted_on < :next))::int AS days_from_delivery
                  FROM settlement s JOIN delivery v ON v.id = s.delivery_id
                 WHERE (due_on >= :first AND due_on < :next OR counted_on >= :first AND counted_on < :next)
                   AND (amount_fen > credited_fen OR s.state = 'paid')
                """)
                .map(row -> new Payments(row.get("due", Integer.class), row.get("in_time", Integer.class),
                        row.get("days", Integer.class), row.get("days_from_delivery", Integer.class)))
                .one();
    }

    /** Deliveries that nobody had decided on when the quarter ended. */
    private Mono<Integer> undecided(Quarter quarter) {
        return database.sql("""
                SELECT count(*)::int AS undecided FROM delivery
                 WHERE delivered_at < :next::timestamp AT TIME ZONE 'Asia/Shanghai'
                   AND (state = 'delivered' OR decided_at >= :next::timestamp AT TIME ZONE 'Asia/Shanghai')
                """)
                .bind("next", quarter.next())
                .map(row -> row.get("undecided", Integer.class))
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
