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

    /** What each of the statements tells of a place: its columns, how far it is on the unit sphere, whether it is open. */
    static final String FOUND = "SELECT " + Pharmacies.COLUMNS + ", n.chord, " + Opening.sql("i.id")
            + " AS open_now";

    /** The usual case apart: of a list whose length it does not know the planner expects ten, and plans each call anew. */
    static final NearestStatement WITH_ONE = NearestStatement.of(FOUND + """
            , n.retail_price_fen, n.reported_at, n.drug_id
              FROM (SELECT s.institution_id, s.drug_id, s.retail_price_fen, s.reported_at,
                           s.position <-> cube(ARRAY[:x, :y, :z]) AS chord
                      FROM stock s
                     WHERE s.drug_id = :drug
                       AND s.quantity > 0
                       AND s.retail_price_fen <= :dearest
                       %1$s
                     ORDER BY s.position <-> cube(ARRAY[:x, :y, :z])
                     LIMIT %2$d) AS n
              JOIN institution i ON i.id = n.institution_id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.chord, i.id
             LIMIT :limit
            """, "s.institution_id");

    /** Each medicine walks its own part of the index; the shares are then merged by distance. */
    static final NearestStatement WITH_ANY_OF = NearestStatement.of(FOUND + """
            , n.retail_price_fen, n.reported_at, w.drug_id
              FROM unnest(:drugs, :dearestOfEach) AS w (drug_id, dearest_fen)
             CROSS JOIN LATERAL (
                   SELECT s.institution_id, s.retail_price_fen, s.reported_at,
                          s.position <-> cube(ARRAY[:x, :y, :z]) AS chord
                     FROM stock s
                    WHERE s.drug_id = w.drug_id
                      AND s.quantity > 0
                      AND s.retail_price_fen <= w.dearest_fen
                      %1$s
                    ORDER BY s.position <-> cube(ARRAY[:x, :y, :z])
                    LIMIT %2$d) AS n
              JOIN institution i ON i.id = n.institution_id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.chord, i.id, w.drug_id
             LIMIT :limit
            """, "s.institution_id");

    static final NearestStatement ANY = NearestStatement.of(FOUND + """

              FROM (SELECT near.id, near.position <-> cube(ARRAY[:x, :y, :z]) AS chord
                      FROM institution near
                     WHERE coalesce(near.closed_on > :day, true) %1$s
                     ORDER BY near.position <-> cube(ARRAY[:x, :y, :z])
                     LIMIT %2$d) AS n
              JOIN institution i ON i.id = n.id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.chord, i.id
             LIMIT :limit
            """, "near.id");

    private final DatabaseClient database;
    private final Opening opening;

    Neighbours(DatabaseClient database, Opening opening) {
        this.database = database;
        this.opening = opening;
    }

    /** The nearest places that have one of the medicines; no price is at a procured price that does not exist. */
    Flux<Neighbour> having(List<Drug> drugs, NearbyQuery query) {
        List<Drug> offered = query.atProcuredPrice()
                ? drugs.stream().filter(drug -> drug.procuredPriceFen() != null).toList()
                : drugs;
        return offered.isEmpty() ? Flux.empty() : found(offered, query);
    }

    private Flux<Neighbour> found(List<Drug> drugs, NearbyQuery query) {
        return bound(drugs, query).map(row -> neighbour(row, new Neighbour.Shelf(row.get("drug_id", UUID.class),
                new Fen(row.get("retail_price_fen", Long.class)),
                row.get("reported_at", OffsetDateTime.class).toInstant()))).all();
    }

    private DatabaseClient.GenericExecuteSpec bound(List<Drug> drugs, NearbyQuery query) {
        if (drugs.size() == 1) {
            return here(WITH_ONE, query).bind("drug", drugs.getFirst().drugId())
                    .bind("dearest", dearest(drugs.getFirst(), query));
        }
        return here(WITH_ANY_OF, query).bind("drugs", drugs.stream().map(Drug::drugId).toArray(UUID[]::new))
                .bind("dearestOfEach", drugs.stream().map(drug -> dearest(drug, query)).toArray(Long[]::new));
    }

    /** The nearest places, whatever they have. */
    Flux<Neighbour> any(NearbyQuery query) {
        return here(ANY, query).map(row -> neighbour(row, null)).all();
    }

    /** The highest price that is looked for, in fen. */
    private static Long dearest(Drug drug, NearbyQuery query) {
        Fen procured = drug.procuredPriceFen();
        return query.atProcuredPrice() && procured != null ? procured.amount() : Long.MAX_VALUE;
    }

    private DatabaseClient.GenericExecuteSpec here(NearestStatement statement, NearbyQuery query) {
        Coordinates.UnitVector at = query.wgs84().unit();
        return opening.now(database.sql(statement.sql(query.openNow(), query.limit())))
                .bind("x", at.x())
                .bind("y", at.y())
                .bind("z", at.z())
                .bind("limit", query.limit());
    }

    private static Neighbour neighbour(Readable row, Neighbour.@Nullable Shelf shelf) {
        return new Neighbour(Pharmacies.pharmacy(row), Coordinates.metresOfChord(row.get("chord", Double.class)),
                row.get("open_now", Boolean.class), shelf);
    }
}
