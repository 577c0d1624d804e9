package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.platform.events.Outbox;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells when the last place round about has sold out of a medicine; runs in the transaction of the report, after all of
 * its shelves are locked. A place that has not reported for so long that it is only said to have it does not count.
 */
@Component
class Scarcity {

    static final String TURNS = """
            SELECT pg_advisory_xact_lock(hashtextextended('out-nearby:' || d.id, 0))
              FROM (SELECT unnest(:drugs::uuid[]) AS id ORDER BY 1) AS d
            """;

    private final DatabaseClient database;
    private final Outbox outbox;
    private final StockSettings settings;
    private final FreshnessSettings freshness;
    private final Clock clock;

    Scarcity(DatabaseClient database, Outbox outbox, StockSettings settings, FreshnessSettings freshness,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.settings = settings;
        this.freshness = freshness;
        this.clock = clock;
    }

    private record Gone(UUID pharmacy, UUID drug) {
    }

    /** One event for each medicine that went out where nobody near has it any more. */
    Mono<Void> tell(List<Shelves.Put> soldOut) {
        return soldOut.isEmpty()
                ? Mono.empty()
                : takeTurns(soldOut).thenMany(Flux.defer(() -> gone(soldOut)))
                        .collect(Collectors.groupingBy(Gone::drug))
                        .flatMapMany(byDrug -> Flux.fromIterable(byDrug.entrySet()))
                        .concatMap(e -> outbox.publish("pharmacy.stock.out-nearby", "drugs/" + e.getKey(),
                                Map.of("drugId", e.getKey(), "withinM", settings.nearbyM(), "pharmacyIds",
                                        e.getValue().stream().map(Gone::pharmacy).toList())))
                        .then();
    }

    /** Of two that sell out of a medicine at once the second looks when the first has said so; by id, so that none waits in a ring. */
    private Mono<Void> takeTurns(List<Shelves.Put> soldOut) {
        return database.sql(TURNS)
                .bind("drugs", soldOut.stream().map(p -> p.reported().drugId()).distinct().toArray(UUID[]::new))
                .then();
    }

    private Flux<Gone> gone(List<Shelves.Put> soldOut) {
        return database.sql("""
                SELECT g.pharmacy_id, g.drug_id
                  FROM unnest(:pharmacies, :drugs) AS g (pharmacy_id, drug_id)
                  JOIN institution i ON i.id = g.pharmacy_id
                 WHERE NOT EXISTS (SELECT FROM stock s
                                    WHERE s.drug_id = g.drug_id AND s.quantity > 0 AND s.reported_at >= :freshSince
                                      AND s.position <@ cube_enlarge(i.position, :within, 3)
                                      AND s.position <-> i.position <= :within)
                 ORDER BY g.pharmacy_id
                """)
                .bind("pharmacies", soldOut.stream().map(p -> p.reported().pharmacyId()).toArray(UUID[]::new))
                .bind("drugs", soldOut.stream().map(p -> p.reported().drugId()).toArray(UUID[]::new))
                .bind("freshSince", OffsetDateTime.now(clock).minus(freshness.freshFor()))
                .bind("within", Coordinates.chordOfMetres(settings.nearbyM()))
                .map(row -> new Gone(row.get("pharmacy_id", UUID.class), row.get("drug_id", UUID.class)))
                .all();
    }
}
