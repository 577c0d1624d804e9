package cn.cityapis.pharmacy.catalogue;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
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

    private static final String PRICED_TODAY = """
            SELECT d.id, d.generic_name, d.form, d.strength, d.pack_units, d.unit_name, d.pack_name, d.maker,
                   d.approval_no, d.insurance_code, d.demo,
                   (SELECT p.pack_fen FROM price p
                     WHERE p.drug_id = d.id AND p.kind = 'procured' AND p.in_force_from <= :today
                     ORDER BY p.in_force_from DESC, p.recorded_at DESC, p.id DESC LIMIT 1) AS procured_fen,
                   (SELECT p.pack_fen FROM price p
                     WHERE p.drug_id = d.id AND p.kind = 'before' AND p.in_force_from <= :today
                     ORDER BY p.in_force_from DESC, p.recorded_at DESC, p.id DESC LIMIT 1) AS before_fen
            """;

    private final DatabaseClient database;
    private final Clock clock;

    public Drugs(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
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
    Flux<Found> search(DrugQuery query, After after, int rows) {
        return database.sql("SELECT * FROM (" + PRICED_TODAY + """
                         , CASE WHEN d.generic_name = :text OR d.initials = :text OR d.approval_no = :code
                                  OR d.insurance_code = :code THEN 0
                                WHEN d.generic_name LIKE :atStart OR d.initials LIKE :atStart OR d.pinyin LIKE :atStart
                                  THEN 1
                                WHEN d.generic_name LIKE :anywhere THEN 2
                                WHEN d.initials LIKE :anywhere OR d.pinyin LIKE :anywhere THEN 3
                                ELSE 4 END AS rank
                    FROM drug d
                   WHERE d.generic_name LIKE :anywhere OR d.initials LIKE :anywhere OR d.pinyin LIKE :anywhere
                      OR d.maker LIKE :anywhere OR d.approval_no = :code OR d.insurance_code = :code) AS found
                 WHERE (rank, generic_name COLLATE "C", id) > (:afterRank, :afterName COLLATE "C", :afterId)
                 ORDER BY rank, generic_name COLLATE "C", id
                 LIMIT :rows
                """)
                .bind("today", LocalDate.now(clock))
                .bind("text", query.text())
                .bind("code", query.text().toUpperCase(java.util.Locale.ROOT))
                .bind("anywhere", query.anywhere())
                .bind("atStart", query.atStart())
                .bind("afterRank", after.rank())
                .bind("afterName", after.name())
                .bind("afterId", after.id())
                .bind("rows", rows)
                .map(row -> new Found(row.get("rank", Integer.class), drug(row)))
                .all();
    }

    /** The medicines that a short text most likely means. */
    public Mono<List<Drug>> likely(DrugQuery query, int most) {
        return search(query, After.NOTHING, most).collectList().map(Drugs::closest);
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
        return database.sql(PRICED_TODAY + " FROM drug d WHERE d.id = ANY(:ids)")
                .bind("today", LocalDate.now(clock))
                .bind("ids", ids.toArray(UUID[]::new))
                .map(Drugs::drug)
                .all();
    }

    /**
     * What of these medicines may be ordered on a day: the award in force, of each medicine, batch and area as last
     * corrected, and the procured price.
     */
    public Flux<Awarded> awarded(Collection<UUID> ids, LocalDate day) {
        return database.sql("""
                SELECT DISTINCT ON (a.drug_id) a.drug_id, a.id AS award_id, p.pack_fen
                  FROM (SELECT DISTINCT ON (drug_id, batch, supply_area) id, drug_id, valid_from, valid_to, recorded_at
                          FROM award WHERE drug_id = ANY(:ids)
                         ORDER BY drug_id, batch, supply_area, recorded_at DESC, id DESC) a
                  JOIN LATERAL (SELECT pack_fen FROM price
                                 WHERE drug_id = a.drug_id AND kind = 'procured' AND in_force_from <= :day
                                 ORDER BY in_force_from DESC, recorded_at DESC, id DESC LIMIT 1) p ON true
                 WHERE a.valid_from <= :day AND :day <= a.valid_to
                 ORDER BY a.drug_id, a.recorded_at DESC, a.id DESC
                """)
                .bind("day", day)
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
                SELECT id, batch, supply_area, valid_from, valid_to, price_fen, source, demo
                  FROM award WHERE drug_id = :drug ORDER BY valid_from DESC, recorded_at DESC, id DESC
                """)
                .bind("drug", drug)
                .map(row -> new Award(row.get("id", UUID.class), row.get("batch", String.class),
                        row.get("supply_area", String.class), row.get("valid_from", LocalDate.class),
                        row.get("valid_to", LocalDate.class), fen(row, "price_fen"), row.get("source", String.class),
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

    private static Price price(Readable row) {
        Fen pack = new Fen(row.get("pack_fen", Long.class));
        return new Price(row.get("id", UUID.class), row.get("kind", String.class), row.get("area", String.class), pack,
                UnitPrice.of(pack, row.get("pack_units", Integer.class)), row.get("in_force_from", LocalDate.class),
                row.get("source", String.class), row.get("demo", Boolean.class),
                row.get("recorded_at", OffsetDateTime.class));
    }

    private static Drug drug(Readable row) {
        return new Drug(row.get("id", UUID.class), row.get("generic_name", String.class),
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
