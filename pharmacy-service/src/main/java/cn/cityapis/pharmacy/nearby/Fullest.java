package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.institution.Opening;
import cn.cityapis.pharmacy.institution.Pharmacies;
import cn.cityapis.pharmacy.institution.Pharmacy;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** The places round about that have most of several medicines; of those that have as many, the nearest. */
@Repository
class Fullest {

    static final NearestStatement HAVING_MOST = NearestStatement.of(Neighbours.FOUND + """
            , n.have, n.drugs, n.prices, n.times
              FROM (SELECT s.institution_id, min(s.position <-> cube(ARRAY[:x, :y, :z])) AS chord, count(*) AS have,
                           array_agg(s.drug_id ORDER BY s.drug_id) AS drugs,
                           array_agg(s.retail_price_fen ORDER BY s.drug_id) AS prices,
                           array_agg(s.reported_at ORDER BY s.drug_id) AS times
                      FROM unnest(:drugs) AS w (drug_id)
                     CROSS JOIN LATERAL (
                           SELECT near.institution_id, near.drug_id, near.position, near.retail_price_fen, near.reported_at
                             FROM stock near
                            WHERE near.drug_id = w.drug_id AND near.quantity > 0
                              AND near.position <@ cube_enlarge(cube(ARRAY[:x, :y, :z]), :within, 3)
                              AND near.position <-> cube(ARRAY[:x, :y, :z]) <= :within
                              %1$s) s
                     GROUP BY s.institution_id
                     ORDER BY count(*) DESC, chord, s.institution_id
                     LIMIT %2$d) n
              JOIN institution i ON i.id = n.institution_id
              LEFT JOIN chain c ON c.id = i.chain_id
             ORDER BY n.have DESC, n.chord, i.id
             LIMIT :limit
            """, "near.institution_id");

    private final DatabaseClient database;
    private final Opening opening;

    Fullest(DatabaseClient database, Opening opening) {
        this.database = database;
        this.opening = opening;
    }

    /** A place and which of the medicines it has. */
    record Found(Pharmacy pharmacy, double distanceM, boolean openNow, List<Neighbour.Shelf> shelves) {
    }

    Flux<Found> of(ListQuery query) {
        Coordinates.UnitVector at = query.wgs84().unit();
        return opening.now(database.sql(HAVING_MOST.sql(query.openNow(), query.limit())))
                .bind("x", at.x())
                .bind("y", at.y())
                .bind("z", at.z())
                .bind("within", Coordinates.chordOfMetres(query.withinM()))
                .bind("drugs", query.drugIds().toArray(UUID[]::new))
                .bind("limit", query.limit())
                .map(row -> new Found(Pharmacies.pharmacy(row),
                        Coordinates.metresOfChord(row.get("chord", Double.class)), row.get("open_now", Boolean.class),
                        shelves(row)))
                .all();
    }

    private static List<Neighbour.Shelf> shelves(Readable row) {
        UUID[] drugs = row.get("drugs", UUID[].class);
        Long[] prices = row.get("prices", Long[].class);
        OffsetDateTime[] times = row.get("times", OffsetDateTime[].class);
        return IntStream.range(0, drugs.length)
                .mapToObj(i -> new Neighbour.Shelf(drugs[i], new Fen(prices[i]), times[i].toInstant())).toList();
    }
}
