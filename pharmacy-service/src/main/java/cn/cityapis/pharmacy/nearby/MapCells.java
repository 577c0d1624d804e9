package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.geo.Box;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.institution.Opening;
import cn.cityapis.pharmacy.institution.Pharmacies;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** The places in a part of the map, one by one or counted by the cells of a zoom level. */
@Repository
class MapCells {

    /** So many places are shown one by one; more are counted together. */
    static final int SINGLY = 300;

    private static final String IN_BOX = """
              FROM institution i
             WHERE point(i.lon, i.lat) <@ ANY (ARRAY[box(point(:west, :south), point(:east, :north)),
                                                     box(point(:west2, :south), point(:east2, :north))])
               AND %s
               AND (:drug IS NULL OR EXISTS (SELECT FROM stock s WHERE s.institution_id = i.id AND s.drug_id = :drug
                                                AND s.quantity > 0))
               AND (NOT :openOnly OR %s)
            """.formatted(Pharmacies.RUNNING, Opening.sql("i.id"));
    static final String CLUSTERS = """
            SELECT count(*)::int AS places, avg(i.lat) AS lat, avg(i.lon) AS lon
            """ + IN_BOX + """
             GROUP BY floor((i.lon + 180) / 360 * :cells),
                      floor(asinh(tan(radians(greatest(-85.05, least(85.05, i.lat))))) / (2 * pi()) * :cells)
            """;
    static final String SINGLES = """
            SELECT n.*, s.retail_price_fen, s.reported_at, c.name AS chain_name
              FROM (SELECT i.id, i.chain_id, i.kind, i.name, i.address, i.area_code, i.phone, i.insurance_accepted,
                           i.lat, i.lon, i.demo, %s AS open_now
            """.formatted(Opening.sql("i.id")) + IN_BOX + """
                     LIMIT 301) n
              LEFT JOIN chain c ON c.id = n.chain_id
              LEFT JOIN stock s ON s.institution_id = n.id AND s.drug_id = :drug
             ORDER BY n.id
            """;

    private final DatabaseClient database;
    private final Opening opening;

    MapCells(DatabaseClient database, Opening opening) {
        this.database = database;
        this.opening = opening;
    }

    /** Several places that stand together, and their middle. */
    record Cluster(int places, Coordinates middle) {
    }

    /** Up to one more than {@link #SINGLY} of the places. */
    Flux<Neighbour> singles(Box wgs84, MapQuery query, @Nullable Drug drug) {
        return in(wgs84, query, database.sql(SINGLES))
                .map(row -> new Neighbour(Pharmacies.pharmacy(row), 0, row.get("open_now", Boolean.class),
                        shelf(row, drug)))
                .all();
    }

    private static Neighbour.@Nullable Shelf shelf(Readable row, @Nullable Drug drug) {
        return drug == null
                ? null
                : new Neighbour.Shelf(drug.drugId(), new Fen(row.get("retail_price_fen", Long.class)),
                        row.get("reported_at", OffsetDateTime.class).toInstant());
    }

    Flux<Cluster> clusters(Box wgs84, MapQuery query) {
        return in(wgs84, query, database.sql(CLUSTERS))
                .bind("cells", Box.cells(query.zoom()))
                .map(row -> new Cluster(row.get("places", Integer.class),
                        new Coordinates(row.get("lat", Double.class), row.get("lon", Double.class))))
                .all();
    }

    /** A box over the date line is two; one that is not is the same twice. */
    private DatabaseClient.GenericExecuteSpec in(Box box, MapQuery query, DatabaseClient.GenericExecuteSpec sql) {
        boolean over = box.west() > box.east();
        return opening.now(sql)
                .bind("west", box.west())
                .bind("east", over ? 180.0 : box.east())
                .bind("west2", over ? -180.0 : box.west())
                .bind("east2", box.east())
                .bind("south", box.south())
                .bind("north", box.north())
                .bind("drug", query.drugId() == null ? Parameters.in(UUID.class) : Parameters.in(query.drugId()))
                .bind("openOnly", query.openNow());
    }
}
