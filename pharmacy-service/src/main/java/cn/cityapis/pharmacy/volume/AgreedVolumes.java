package cn.cityapis.pharmacy.volume;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
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
                   a.packs
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

    /** Packs of other brands count by their smallest units. */
    private static final String IN_PACKS = """
            coalesce(div(sum(r.packs::bigint * k.pack_units), line.pack_units)::bigint, 0)""";

    /** Of a few lines: each looks up what its buyer ordered of its medicines. */
    private static final String PAGE = """
            WITH line AS (%s
               AND (:chain IS NULL OR a.chain_id = :chain)
               AND (a.cycle_id, a.chain_id, a.drug_id) > (:afterCycle, :afterChain, :afterDrug)
             ORDER BY a.cycle_id, a.chain_id, a.drug_id LIMIT :rows)
            SELECT line.*, (SELECT %s
                              FROM drug k
                              JOIN order_line l ON l.chain_id = line.chain_id AND l.drug_id = k.id
                              JOIN accepted_line r ON r.order_id = l.order_id AND r.line_no = l.line_no
                               AND r.day BETWEEN line.valid_from AND least(line.valid_to, :last)
                             WHERE %s) AS accepted
              FROM line
             ORDER BY cycle_id, chain_id, drug_id
            """.formatted(AGREED, IN_PACKS, COUNTS);

    /** Of all lines: what was received since the first of the cycles began is read once, whatever is agreed of it. */
    static final String ALL = """
            WITH line AS (%s),
            counted AS (
                SELECT line.cycle_id, line.chain_id, line.drug_id, %s AS accepted
                  FROM line
                  JOIN drug k ON %s
                  JOIN order_line l ON l.chain_id = line.chain_id AND l.drug_id = k.id
                  JOIN accepted_line r ON r.order_id = l.order_id AND r.line_no = l.line_no
                   AND r.day BETWEEN line.valid_from AND line.valid_to
                 WHERE r.decided_at >= (SELECT min(valid_from)::timestamp AT TIME ZONE 'Asia/Shanghai' FROM line)
                   AND r.decided_at < (:last + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
                 GROUP BY line.cycle_id, line.chain_id, line.drug_id, line.pack_units)
            SELECT line.*, coalesce(counted.accepted, 0) AS accepted
              FROM line LEFT JOIN counted USING (cycle_id, chain_id, drug_id)
             ORDER BY cycle_id, chain_id, drug_id
            """.formatted(AGREED, IN_PACKS, COUNTS);

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
     */
    public record Fulfilment(long expectedPacks, long acceptedPacks) {

        public static final Fulfilment NOTHING = new Fulfilment(0, 0);

        private Fulfilment plus(Fulfilment other) {
            return new Fulfilment(expectedPacks + other.expectedPacks, acceptedPacks + other.acceptedPacks);
        }
    }

    private record Line(UUID chain, Fulfilment fulfilment) {
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
                .map(row -> volume(row, today, threshold))
                .all();
    }

    /** All of the cycles that run on a day. */
    Flux<AgreedVolume> all(LocalDate today, VolumeRules.Threshold threshold) {
        return of(ALL, today, today).map(row -> volume(row, today, threshold)).all();
    }

    /** By buyer, of the cycles that run on one of the days, as it is on the last of them. */
    public Mono<Map<UUID, Fulfilment>> byChain(LocalDate first, LocalDate last) {
        return of(ALL, first, last)
                .map(row -> new Line(row.get("chain_id", UUID.class), fulfilment(row, last)))
                .all()
                .collect(Collectors.toMap(Line::chain, Line::fulfilment, Fulfilment::plus));
    }

    private DatabaseClient.GenericExecuteSpec of(String lines, LocalDate first, LocalDate last) {
        return database.sql(lines).bind("first", first).bind("last", last);
    }

    private static Fulfilment fulfilment(Readable row, LocalDate last) {
        int agreed = row.get("packs", Integer.class);
        return agreed == 0
                ? Fulfilment.NOTHING
                : new Fulfilment(VolumeRules.expectedPacks(agreed, timePassedBp(row, last)),
                        row.get("accepted", Long.class));
    }

    private static int timePassedBp(Readable row, LocalDate day) {
        return VolumeRules.timePassedBp(row.get("valid_from", LocalDate.class), row.get("valid_to", LocalDate.class),
                day);
    }

    private static AgreedVolume volume(Readable row, LocalDate today, VolumeRules.Threshold threshold) {
        int agreed = row.get("packs", Integer.class);
        long accepted = row.get("accepted", Long.class);
        VolumeRules.Standing standing = VolumeRules.standing(agreed, accepted,
                timePassedBp(row, today), threshold);
        return new AgreedVolume(row.get("cycle_id", UUID.class), row.get("cycle_name", String.class),
                row.get("valid_from", LocalDate.class), row.get("valid_to", LocalDate.class),
                row.get("chain_id", UUID.class), row.get("chain_name", String.class),
                row.get("drug_id", UUID.class), row.get("generic_name", String.class),
                row.get("matched_by", String.class), agreed, accepted, standing.expectedPacks(),
                standing.fulfilmentBp(), standing.timePassedBp(), standing.behind());
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
