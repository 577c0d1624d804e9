package cn.cityapis.pharmacy.volume;

import io.r2dbc.spi.Parameters;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Agreed volumes and what was accepted of them, in the database. */
@Repository
public class AgreedVolumes {

    /** What is agreed in the cycles that run on one of the days. */
    private static final String AGREED = """
            SELECT y.id AS cycle_id, y.name AS cycle_name, y.valid_from, y.valid_to, a.chain_id, c.name AS chain_name,
                   a.drug_id, d.generic_name, d.form, d.strength_value, d.strength_unit, d.pack_units, a.matched_by,
                   a.packs, concat_ws('|', d.generic_name, d.form, trim_scale(d.strength_value), d.strength_unit) AS same
              FROM agreed_volume a
              JOIN purchase_cycle y ON y.id = a.cycle_id
              JOIN chain c ON c.id = a.chain_id
              JOIN drug d ON d.id = a.drug_id
             WHERE y.valid_from <= :last AND :first <= y.valid_to
            """;

    /** Medicines that count for a line: its own, or the same of any maker and pack. */
    private static final String COUNTS = """
            (k.id = line.drug_id OR line.matched_by = 'any_winner') AND k.generic_name = line.generic_name
             AND k.form = line.form AND k.strength_value = line.strength_value AND k.strength_unit = line.strength_unit
            """;

    /** What of a batch the supplier had not taken back by the last day. */
    private static final String KEPT = """
            p.quantity - CASE WHEN p.returned = 0 THEN 0
                              ELSE (SELECT coalesce(sum(g.quantity), 0)
                                      FROM goods_return r
                                      JOIN goods_return_line g ON g.return_id = r.id AND g.line_no = p.line_no
                                                              AND g.batch_no = p.batch_no
                                     WHERE r.delivery_id = p.delivery_id AND r.state = 'confirmed'
                                       AND r.decided_at < (:last + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') END""";

    /** Of a few lines: each looks up what its buyer ordered of its medicines; packs of other brands count by their units. */
    private static final String PAGE = """
            WITH line AS (%s
               AND (:chain IS NULL OR a.chain_id = :chain)
               AND (a.cycle_id, a.chain_id, a.drug_id) > (:afterCycle, :afterChain, :afterDrug)
             ORDER BY a.cycle_id, a.chain_id, a.drug_id LIMIT :rows)
            SELECT line.*, (SELECT coalesce(div(sum((%s) * k.pack_units), line.pack_units)::bigint, 0)
                              FROM drug k
                              JOIN order_line l ON l.chain_id = line.chain_id AND l.drug_id = k.id
                              JOIN delivery_line p ON p.order_id = l.order_id AND p.line_no = l.line_no
                              JOIN delivery v ON v.id = p.delivery_id AND v.state = 'accepted'
                               AND (v.decided_at AT TIME ZONE 'Asia/Shanghai')::date
                                   BETWEEN line.valid_from AND least(line.valid_to, :last)
                             WHERE %s) AS accepted
              FROM line
             ORDER BY cycle_id, chain_id, drug_id
            """.formatted(AGREED, KEPT, COUNTS);

    /**
     * Read once, whatever is agreed, and put to the lines in memory: joined to them here, the plan hung on a guess of how
     * few of them match, and took longer than a statement may where that was wrong.
     */
    static final String RECEIVED = """
            SELECT l.chain_id, l.drug_id, (v.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
                   sum(%s)::bigint AS packs, d.pack_units,
                   concat_ws('|', d.generic_name, d.form, trim_scale(d.strength_value), d.strength_unit) AS same
              FROM delivery v
              JOIN delivery_line p ON p.delivery_id = v.id
              JOIN order_line l ON l.order_id = p.order_id AND l.line_no = p.line_no
              JOIN drug d ON d.id = l.drug_id
             WHERE v.state = 'accepted' AND v.decided_at >= :first::timestamp AT TIME ZONE 'Asia/Shanghai'
               AND v.decided_at < (:last + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
             GROUP BY l.chain_id, l.drug_id, day, d.id
            """.formatted(KEPT);

    private final DatabaseClient database;

    AgreedVolumes(DatabaseClient database) {
        this.database = database;
    }

    /** Where a list goes on. */
    record After(UUID cycle, UUID chain, UUID drug) {

        static final After NOTHING = new After(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0));
    }

    /**
     * What a buyer's agreed lines came to by a day. Where nothing was agreed nothing is fulfilled.
     *
     * @param expectedPacks what the time passed would give, of each line by its own cycle
     * @param countedPacks of each line what was accepted, at most what the time passed would give: what there is too much
     *     of one medicine does not stand in for another
     */
    public record Fulfilment(long expectedPacks, long acceptedPacks, long countedPacks, int lines, int linesBehind) {

        public static final Fulfilment NOTHING = new Fulfilment(0, 0, 0, 0, 0);

        Fulfilment plus(Fulfilment other) {
            return new Fulfilment(expectedPacks + other.expectedPacks, acceptedPacks + other.acceptedPacks,
                    countedPacks + other.countedPacks, lines + other.lines, linesBehind + other.linesBehind);
        }
    }

    private record Line(AgreedLine line, long accepted) {

        Fulfilment fulfilment(LocalDate last, VolumeRules.Threshold threshold) {
            if (line.packs() == 0) {
                return Fulfilment.NOTHING;
            }
            VolumeRules.Standing standing = line.standing(accepted, last, threshold);
            return new Fulfilment(standing.expectedPacks(), accepted, Math.min(accepted, standing.expectedPacks()), 1,
                    standing.behind() ? 1 : 0);
        }
    }

    Mono<List<VolumeRules.Threshold>> thresholds() {
        return database.sql("SELECT in_force_from, not_before_bp, behind_below_bp FROM volume_threshold")
                .map(row -> new VolumeRules.Threshold(row.get("in_force_from", LocalDate.class),
                        row.get("not_before_bp", Integer.class), row.get("behind_below_bp", Integer.class)))
                .all()
                .collectList();
    }

    /** Of the cycles that run on a day; {@code chain} null for all. */
    Flux<AgreedVolume> page(@Nullable UUID chain, LocalDate today, VolumeRules.Threshold threshold, After after,
            int rows) {
        return of(PAGE, today, today)
                .bind("chain", chain == null ? Parameters.in(UUID.class) : Parameters.in(chain))
                .bind("afterCycle", after.cycle())
                .bind("afterChain", after.chain())
                .bind("afterDrug", after.drug())
                .bind("rows", rows)
                .map(row -> AgreedLine.of(row).fulfilled(row.get("accepted", Long.class), today, threshold))
                .all();
    }

    /** All of the cycles that run on a day. */
    Flux<AgreedVolume> all(LocalDate today, VolumeRules.Threshold threshold) {
        return lines(today, today).map(each -> each.line().fulfilled(each.accepted(), today, threshold));
    }

    /** By buyer, of the cycles that run on one of the days, as it is on the last of them. */
    public Mono<Map<UUID, Fulfilment>> byChain(LocalDate first, LocalDate last) {
        return thresholds().map(all -> VolumeRules.inForce(all, last))
                .flatMap(threshold -> lines(first, last).collect(Collectors.toMap(each -> each.line().chainId(),
                        each -> each.fulfilment(last, threshold), Fulfilment::plus)));
    }

    /** With what was accepted by the last day and not taken back by then. */
    private Flux<Line> lines(LocalDate first, LocalDate last) {
        return of(AGREED + " ORDER BY a.cycle_id, a.chain_id, a.drug_id", first, last).map(AgreedLine::of).all()
                .collectList()
                .filter(lines -> !lines.isEmpty())
                .flatMapMany(lines -> received(lines.stream().map(AgreedLine::validFrom).min(LocalDate::compareTo)
                        .orElseThrow(), last)
                        .flatMapIterable(received -> lines.stream()
                                .map(line -> new Line(line, received.packs(line))).toList()));
    }

    private Mono<Received> received(LocalDate first, LocalDate last) {
        return of(RECEIVED, first, last)
                .map(row -> new Received.Kept(row.get("chain_id", UUID.class), row.get("drug_id", UUID.class),
                        row.get("same", String.class), row.get("day", LocalDate.class), row.get("packs", Long.class),
                        row.get("pack_units", Integer.class)))
                .all()
                .collect(Received::new, Received::add);
    }

    private DatabaseClient.GenericExecuteSpec of(String lines, LocalDate first, LocalDate last) {
        return database.sql(lines).bind("first", first).bind("last", last);
    }

    /** Notes that a chain is warned in a month; empty if it was. */
    Mono<Boolean> warned(UUID cycle, UUID chain, LocalDate month, int behind) {
        return database.sql("""
                INSERT INTO volume_warning (cycle_id, chain_id, month, behind) VALUES (:cycle, :chain, :month, :behind)
                ON CONFLICT DO NOTHING RETURNING true AS noted
                """)
                .bind("cycle", cycle)
                .bind("chain", chain)
                .bind("month", month)
                .bind("behind", behind)
                .map(row -> row.get("noted", Boolean.class))
                .one();
    }

    Mono<String> org(UUID chain) {
        return database.sql("SELECT org FROM chain WHERE id = :chain").bind("chain", chain)
                .map(row -> row.get("org", String.class)).one();
    }
}
