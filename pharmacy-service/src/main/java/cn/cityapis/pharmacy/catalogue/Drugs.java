package cn.cityapis.pharmacy.catalogue;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The catalogue in the database. */
@Repository
public class Drugs {

    /** The latest price of a kind, of rows that a condition names. */
    private static final String LATEST = """
            SELECT p.pack_fen FROM price p
             WHERE p.drug_id = d.id AND p.kind = '%s' AND %s
             ORDER BY %sp.in_force_from DESC, p.recorded_at DESC, p.id DESC
             LIMIT 1""";

    /**
     * The award of a medicine that holds in the city and its price. An award counts as last corrected, that of the city
     * before one of an area that it lies in, then the one that began last; one whose price nobody has told is no ground
     * for a price. Its price is that of a row of its area from its time; else the one that was told with it; else what
     * was in force there when it began. (OFFSET 0: each price is looked for once, not once to filter and once to show.)
     */
    private static final String WON = """
            SELECT %s
              FROM (SELECT a.*, array_position(:areas::text[], a.supply_area) AS width
                      FROM award a
                     WHERE a.drug_id = d.id AND a.supply_area = ANY(:areas)
                       AND a.valid_from <= :day AND :day <= a.valid_to
                       AND NOT EXISTS (SELECT FROM award later
                                        WHERE later.drug_id = a.drug_id AND later.batch = a.batch
                                          AND later.supply_area = a.supply_area
                                          AND (later.recorded_at, later.id) > (a.recorded_at, a.id))
                     ORDER BY width, a.valid_from DESC, a.recorded_at DESC, a.id DESC) AS a
             CROSS JOIN LATERAL (SELECT coalesce((%s), a.price_fen, (%s)) AS pack_fen OFFSET 0) AS told
             WHERE told.pack_fen IS NOT NULL
             ORDER BY a.width, a.valid_from DESC, a.recorded_at DESC, a.id DESC
             LIMIT 1""".formatted("%s",
            LATEST.formatted("procured",
                    "p.area = a.supply_area AND p.in_force_from >= a.valid_from AND p.in_force_from <= :day", ""),
            LATEST.formatted("procured", "p.area = a.supply_area AND p.in_force_from < a.valid_from", ""));

    private static final String PRICED_TODAY = """
            SELECT d.id, d.kind, d.generic_name, d.form, d.strength, d.pack_units, d.unit_name, d.pack_name, d.maker,
                   d.approval_no, d.insurance_code, d.demo, (%s) AS procured_fen, (%s) AS before_fen
            """.formatted(WON.formatted("told.pack_fen"),
            LATEST.formatted("before", "p.area = ANY(:areas) AND p.in_force_from <= :day",
                    "array_position(:areas::text[], p.area), "));

    private final DatabaseClient database;
    private final CitySettings city;
    private final Clock clock;

    public Drugs(DatabaseClient database, CitySettings city, Clock clock) {
        this.database = database;
        this.city = city;
        this.clock = clock;
    }

    /** A statement about the prices of a day. */
    private DatabaseClient.GenericExecuteSpec on(LocalDate day, String sql) {
        return database.sql(sql).bind("day", day).bind("areas", city.areas().toArray(String[]::new));
    }

    /** A medicine that was found, and how well: better ones first. */
    record Found(int rank, Drug drug) {

        List<String> key() {
            return List.of(Integer.toString(rank), drug.genericName(), drug.drugId().toString());
        }
    }

    /** Where a list goes on: after this hit. */
    record After(int rank, String name, UUID id) {

        static final After NOTHING = new After(-1, "", new UUID(0, 0));
    }

    /** Finds by characters, maker, pinyin, initials or code, the closest names first. */
    Flux<Found> search(DrugQuery query, @Nullable ProductKind only, After after, int rows) {
        return on(LocalDate.now(clock), "SELECT * FROM (" + PRICED_TODAY + """
                         , CASE WHEN d.generic_name = :text OR d.initials = :text OR d.approval_no = :code
                                  OR d.insurance_code = :code THEN 0
                                WHEN d.generic_name LIKE :atStart OR d.initials LIKE :atStart OR d.pinyin LIKE :atStart
                                  THEN 1
                                WHEN d.generic_name LIKE :anywhere THEN 2
                                WHEN d.initials LIKE :anywhere OR d.pinyin LIKE :anywhere THEN 3
                                ELSE 4 END AS rank
                    FROM drug d
                   WHERE (d.generic_name LIKE :anywhere OR d.initials LIKE :anywhere OR d.pinyin LIKE :anywhere
                      OR d.maker LIKE :anywhere OR d.approval_no = :code OR d.insurance_code = :code)
                     AND (:kind IS NULL OR coalesce(d.kind, 'medicine') = :kind)) AS found
                 WHERE (rank, generic_name COLLATE "C", id) > (:afterRank, :afterName COLLATE "C", :afterId)
                 ORDER BY rank, generic_name COLLATE "C", id
                 LIMIT :rows
                """)
                .bind("text", query.text())
                .bind("code", query.text().toUpperCase(java.util.Locale.ROOT))
                .bind("anywhere", query.anywhere())
                .bind("atStart", query.atStart())
                .bind("afterRank", after.rank())
                .bind("afterName", after.name())
                .bind("afterId", after.id())
                .bind("rows", rows)
                .bind("kind", Parameters.in(R2dbcType.VARCHAR, only == null ? null : only.code()))
                .map(row -> new Found(row.get("rank", Integer.class), drug(row)))
                .all();
    }

    /** The medicines that a short text most likely means. */
    public Mono<List<Drug>> likely(DrugQuery query, int most) {
        return search(query, null, After.NOTHING, most).collectList().map(Drugs::closest);
    }

    /** Only the best rank among names: who types 阿卡波糖片 does not mean every medicine of a maker of that name. */
    private static List<Drug> closest(List<Found> found) {
        int best = found.isEmpty() ? 0 : Math.max(found.getFirst().rank(), 1);
        return found.stream().filter(f -> f.rank() <= best).map(Found::drug).toList();
    }

    public Mono<Drug> find(UUID id) {
        return findAll(List.of(id)).singleOrEmpty();
    }

    public Flux<Drug> findAll(Collection<UUID> ids) {
        return on(LocalDate.now(clock), PRICED_TODAY + " FROM drug d WHERE d.id = ANY(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .map(Drugs::drug)
                .all();
    }

    /** What of these medicines may be ordered on a day: on which award, and at its price. */
    public Flux<Awarded> awarded(Collection<UUID> ids, LocalDate day) {
        return on(day, """
                SELECT d.id AS drug_id, award.id AS award_id, award.pack_fen
                  FROM drug d
                  JOIN LATERAL (%s) AS award ON true
                 WHERE d.id = ANY(:ids)
                """.formatted(WON.formatted("a.id, told.pack_fen")))
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> new Awarded(row.get("drug_id", UUID.class), row.get("award_id", UUID.class),
                        new Fen(row.get("pack_fen", Long.class))))
                .all();
    }

    /** A medicine that may be ordered, on which award, at which price a pack. */
    public record Awarded(UUID drugId, UUID awardId, Fen price) {
    }

    Mono<List<Award>> awards(UUID drug) {
        return database.sql("""
                SELECT id, batch, supply_area, valid_from, valid_to, price_fen, source, recorded_at, demo,
                       row_number() OVER (PARTITION BY batch, supply_area ORDER BY recorded_at DESC, id DESC) > 1
                           AS corrected
                  FROM award WHERE drug_id = :drug ORDER BY valid_from DESC, recorded_at DESC, id DESC
                """)
                .bind("drug", drug)
                .map(row -> new Award(row.get("id", UUID.class), row.get("batch", String.class),
                        row.get("supply_area", String.class), row.get("valid_from", LocalDate.class),
                        row.get("valid_to", LocalDate.class), fen(row, "price_fen"), row.get("source", String.class),
                        row.get("recorded_at", OffsetDateTime.class), row.get("corrected", Boolean.class),
                        row.get("demo", Boolean.class)))
                .all()
                .collectList();
    }

    Mono<List<Price>> prices(UUID drug) {
        return database.sql("""
                SELECT p.id, p.kind, p.area, p.pack_fen, d.pack_units, p.in_force_from, p.source, p.demo, p.recorded_at
                  FROM price p JOIN drug d ON d.id = p.drug_id
                 WHERE p.drug_id = :drug ORDER BY p.in_force_from DESC, p.recorded_at DESC, p.id DESC
                """)
                .bind("drug", drug)
                .map(Drugs::price)
                .all()
                .collectList();
    }

    /** What the row of a medicine said before each correction, the latest first. */
    Mono<List<FormerDrug>> former(UUID drug) {
        return database.sql("""
                SELECT (f.former).generic_name, (f.former).form, (f.former).strength, (f.former).pack_units,
                       (f.former).unit_name, (f.former).pack_name, (f.former).maker, (f.former).approval_no,
                       (f.former).source, f.corrected_at
                  FROM (SELECT jsonb_populate_record(NULL::drug, former) AS former, corrected_at, id
                          FROM drug_correction WHERE drug_id = :drug) AS f
                 ORDER BY f.id DESC
                """)
                .bind("drug", drug)
                .map(row -> new FormerDrug(row.get("generic_name", String.class), row.get("form", String.class),
                        row.get("strength", String.class), row.get("pack_units", Integer.class),
                        row.get("unit_name", String.class), row.get("pack_name", String.class),
                        row.get("maker", String.class), row.get("approval_no", String.class),
                        row.get("source", String.class), row.get("corrected_at", OffsetDateTime.class)))
                .all()
                .collectList();
    }

    private static Price price(Readable row) {
        Fen pack = new Fen(row.get("pack_fen", Long.class));
        return new Price(row.get("id", UUID.class), row.get("kind", String.class), row.get("area", String.class), pack,
                UnitPrice.of(pack, row.get("pack_units", Integer.class)), row.get("in_force_from", LocalDate.class),
                row.get("source", String.class), row.get("demo", Boolean.class),
                row.get("recorded_at", OffsetDateTime.class));
    }

    private static Drug drug(Readable row) {
        return new Drug(row.get("id", UUID.class), ProductKind.ofStored(row.get("kind", String.class)),
                row.get("generic_name", String.class),
                row.get("form", String.class), row.get("strength", String.class),
                row.get("pack_units", Integer.class), row.get("unit_name", String.class),
                row.get("pack_name", String.class), row.get("maker", String.class),
                row.get("approval_no", String.class), row.get("insurance_code", String.class),
                fen(row, "procured_fen"), fen(row, "before_fen"), row.get("demo", Boolean.class));
    }

    private static @Nullable Fen fen(Readable row, String column) {
        Long amount = row.get(column, Long.class);
        return amount == null ? null : new Fen(amount);
    }
}
