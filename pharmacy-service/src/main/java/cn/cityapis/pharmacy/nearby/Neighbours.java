package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.institution.Opening;
import cn.cityapis.pharmacy.institution.Pharmacies;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/**
 * The nearest places, read off an index in the order of distance: a GiST index on (medicine, point on the unit sphere)
 * finds them one by one for common and for rare medicines alike, and stops when there are enough.
 */
@Repository
class Neighbours {

    /** Each medicine walks its own part of the index; the shares are then merged by distance. */
    static final String WITH_MEDICINE = """
            SELECT w.drug_id, n.retail_price_fen, n.reported_at, n.chord, %s, %s AS open_now
              FROM unnest(:drugs, :procured) AS w (drug_id, procured_fen)
             CROSS JOIN LATERAL (
                   SELECT s.institution_id, s.retail_price_fen, s.reported_at,
                          s.position <-> cube(ARRAY[:x, :y, :z]) AS chord
                     FROM stock s
                    WHERE s.drug_id = w.drug_id
                      AND s.quantity > 0
                      AND (NOT :procuredOnly OR s.retail_price_fen <= w.procured_fen)
                      AND (NOT :openOnly OR %s)
                    ORDER BY s.position <-> cube(ARRAY[:x, :y, :z])
                    LIMIT %s) AS n
              JOIN institution i ON i.id = n.institution_id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.chord, i.id, w.drug_id
             LIMIT :limit
            """.formatted(Pharmacies.COLUMNS, Opening.sql("i.id"), Opening.sql("s.institution_id"), "%1$d");

    static final String ANY = """
            SELECT n.chord, %s, %s AS open_now
              FROM (SELECT near.id, near.position <-> cube(ARRAY[:x, :y, :z]) AS chord
                      FROM institution near
                     WHERE (NOT :openOnly OR %s)
                     ORDER BY near.position <-> cube(ARRAY[:x, :y, :z])
                     LIMIT %s) AS n
              JOIN institution i ON i.id = n.id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.chord, i.id
             LIMIT :limit
            """.formatted(Pharmacies.COLUMNS, Opening.sql("i.id"), Opening.sql("near.id"), "%1$d");

    /** The usual number of places, and the highest. */
    private static final int[] SIZES = {20, NearbyQuery.MOST};

    private final DatabaseClient database;
    private final Opening opening;

    Neighbours(DatabaseClient database, Opening opening) {
        this.database = database;
        this.opening = opening;
    }

    /** The nearest places that have one of the medicines. */
    Flux<Neighbour> having(List<Drug> drugs, NearbyQuery query) {
        return here(database.sql(sized(WITH_MEDICINE, query.limit())), query)
                .bind("drugs", drugs.stream().map(Drug::drugId).toArray(UUID[]::new))
                .bind("procured", drugs.stream().map(Neighbours::procuredOrNothing).toArray(Long[]::new))
                .bind("procuredOnly", query.atProcuredPrice())
                .map(row -> neighbour(row, new Neighbour.Shelf(row.get("drug_id", UUID.class),
                        new Fen(row.get("retail_price_fen", Long.class)),
                        row.get("reported_at", OffsetDateTime.class).toInstant())))
                .all();
    }

    /** The nearest places, whatever they have. */
    Flux<Neighbour> any(NearbyQuery query) {
        return here(database.sql(sized(ANY, query.limit())), query).map(row -> neighbour(row, null)).all();
    }

    /**
     * The statement with a number where the planner needs one: of an unknown limit it takes a tenth of all rows, and at a
     * million places it would read them all.
     */
    static String sized(String statement, int limit) {
        return statement.formatted(limit <= SIZES[0] ? SIZES[0] : SIZES[1]);
    }

    /** No price is at a procured price that does not exist. */
    private static Long procuredOrNothing(Drug drug) {
        Fen procured = drug.procuredPriceFen();
        return procured == null ? 0L : procured.amount();
    }

    private DatabaseClient.GenericExecuteSpec here(DatabaseClient.GenericExecuteSpec sql, NearbyQuery query) {
        Coordinates.UnitVector at = query.wgs84().unit();
        return opening.now(sql)
                .bind("x", at.x())
                .bind("y", at.y())
                .bind("z", at.z())
                .bind("openOnly", query.openNow())
                .bind("limit", query.limit());
    }

    private static Neighbour neighbour(Readable row, Neighbour.@Nullable Shelf shelf) {
        return new Neighbour(Pharmacies.pharmacy(row), Coordinates.metresOfChord(row.get("chord", Double.class)),
                row.get("open_now", Boolean.class), shelf);
    }
}
