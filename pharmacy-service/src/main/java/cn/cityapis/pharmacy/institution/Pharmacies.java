package cn.cityapis.pharmacy.institution;

import cn.cityapis.pharmacy.geo.Coordinates;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The places that sell, in the database. */
@Repository
public class Pharmacies {

    /** Columns that {@link #pharmacy} reads, of {@code institution i LEFT JOIN chain c}. */
    public static final String COLUMNS = """
            i.id, i.kind, i.name, c.name AS chain_name, i.address, i.area_code, i.phone, i.insurance_accepted,
            i.lat, i.lon, i.demo
            """;

    /** Of {@code institution i}: not closed for good on the day. */
    public static final String RUNNING = "coalesce(i.closed_on > :day, true)";

    private final DatabaseClient database;
    private final Opening opening;
    private final Clock clock;

    public Pharmacies(DatabaseClient database, Opening opening, Clock clock) {
        this.database = database;
        this.opening = opening;
        this.clock = clock;
    }

    Mono<Pharmacy> find(UUID id) {
        return database.sql("SELECT " + COLUMNS + """
                  FROM institution i LEFT JOIN chain c ON c.id = i.chain_id WHERE i.id = :id
                """)
                .bind("id", id)
                .map(Pharmacies::pharmacy)
                .one();
    }

    private Flux<Pharmacy> running(String which, UUID own, UUID after, int rows) {
        return database.sql("SELECT " + COLUMNS + """
                  FROM institution i LEFT JOIN chain c ON c.id = i.chain_id
                 WHERE %s AND i.id > :after AND %s ORDER BY i.id LIMIT :rows
                """.formatted(which, RUNNING))
                .bind("day", LocalDate.now(clock))
                .bind("own", own)
                .bind("after", after)
                .bind("rows", rows)
                .map(Pharmacies::pharmacy)
                .all();
    }

    /** The places of a seller that are not closed, by id. */
    Flux<Pharmacy> of(Seller seller, UUID after, int rows) {
        return switch (seller) {
            case Party.Chain(UUID chain) -> running("i.chain_id = :own", chain, after, rows);
            case Seller.Place(UUID place) -> running("i.id = :own", place, after, rows);
        };
    }

    /** Which of these places are the seller's and not closed; until the transaction ends none of them moves. */
    public Flux<UUID> holdOwn(Seller seller, Collection<UUID> among) {
        return switch (seller) {
            case Party.Chain(UUID chain) -> database.sql("""
                    SELECT i.id FROM institution i WHERE i.chain_id = :chain AND i.id = ANY(:among) AND %s
                     ORDER BY i.id FOR KEY SHARE
                    """.formatted(RUNNING))
                    .bind("day", LocalDate.now(clock))
                    .bind("chain", chain)
                    .bind("among", among.toArray(UUID[]::new))
                    .map(row -> row.get("id", UUID.class))
                    .all();
            case Seller.Place(UUID place) -> !among.contains(place)
                    ? Flux.empty()
                    : database
                            .sql("SELECT i.id FROM institution i WHERE i.id = :place AND " + RUNNING + " FOR KEY SHARE")
                            .bind("day", LocalDate.now(clock))
                            .bind("place", place)
                            .map(row -> row.get("id", UUID.class))
                            .all();
        };
    }

    /**
     * Which of these places the buyer may buy for today: not closed, and in the programme of the day: a head office for its
     * stores in chain procurement, a private institution for itself.
     */
    public Flux<UUID> mayBuy(UUID buyer, Collection<UUID> among) {
        return database.sql("""
                SELECT i.id FROM institution i
                 WHERE i.buyer_id = :buyer AND i.id = ANY(:among) AND %s
                   AND EXISTS (SELECT FROM participation p
                                WHERE p.institution_id = i.id
                                  AND p.programme = CASE WHEN i.chain_id IS NULL THEN 'private_institutions'
                                                         ELSE 'chain_procurement' END
                                  AND p.since <= :day AND (p.until IS NULL OR :day <= p.until))
                """.formatted(RUNNING))
                .bind("day", LocalDate.now(clock))
                .bind("buyer", buyer)
                .bind("among", among.toArray(UUID[]::new))
                .map(row -> row.get("id", UUID.class))
                .all();
    }

    /** Whether the place has closed for good; one that nobody knows has not. */
    public Mono<Boolean> hasClosed(UUID pharmacy) {
        return database.sql("SELECT NOT %s AS closed FROM institution i WHERE i.id = :pharmacy".formatted(RUNNING))
                .bind("day", LocalDate.now(clock))
                .bind("pharmacy", pharmacy)
                .map(row -> row.get("closed", Boolean.class))
                .one()
                .defaultIfEmpty(false);
    }

    Mono<List<OpeningHours>> hours(UUID pharmacy) {
        return database.sql("""
                SELECT weekday, to_char(opens, 'HH24:MI') AS opens, to_char(closes, 'HH24:MI') AS closes
                  FROM opening_hours WHERE institution_id = :pharmacy ORDER BY weekday, opens
                """)
                .bind("pharmacy", pharmacy)
                .map(row -> new OpeningHours(row.get("weekday", Integer.class), row.get("opens", String.class),
                        row.get("closes", String.class)))
                .all()
                .collectList();
    }

    Mono<Boolean> open(UUID pharmacy) {
        return opening.now(database.sql("SELECT " + RUNNING + " AND " + Opening.sql("i.id")
                + " AS open FROM institution i WHERE i.id = :pharmacy"))
                .bind("pharmacy", pharmacy)
                .map(row -> row.get("open", Boolean.class))
                .one();
    }

    /** What is said of a place besides: whether it keeps the calendar, and from when on it is closed for good. */
    record Keeping(boolean calendar, @Nullable LocalDate closedOn) {
    }

    Mono<Keeping> keeping(UUID pharmacy) {
        return database.sql("SELECT keeps_calendar, closed_on FROM institution WHERE id = :pharmacy")
                .bind("pharmacy", pharmacy)
                .map(row -> new Keeping(row.get("keeps_calendar", Boolean.class),
                        row.get("closed_on", LocalDate.class)))
                .one();
    }

    Mono<List<String>> programmes(UUID pharmacy) {
        return database.sql("""
                SELECT DISTINCT programme FROM participation
                 WHERE institution_id = :pharmacy AND since <= :today AND (until IS NULL OR :today <= until)
                 ORDER BY programme
                """)
                .bind("pharmacy", pharmacy)
                .bind("today", LocalDate.now(clock))
                .map(row -> row.get("programme", String.class))
                .all()
                .collectList();
    }

    /** Reads the columns named above. */
    public static Pharmacy pharmacy(Readable row) {
        return new Pharmacy(row.get("id", UUID.class), row.get("kind", String.class), row.get("name", String.class),
                row.get("chain_name", String.class), row.get("address", String.class),
                row.get("area_code", String.class), row.get("phone", String.class),
                row.get("insurance_accepted", Boolean.class),
                new Coordinates(row.get("lat", Double.class), row.get("lon", Double.class)),
                row.get("demo", Boolean.class));
    }
}
