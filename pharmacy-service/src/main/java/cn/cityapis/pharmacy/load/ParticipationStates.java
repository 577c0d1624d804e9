package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.load.KnownParticipations.Part;
import cn.cityapis.pharmacy.load.KnownParticipations.Period;
import cn.cityapis.pharmacy.load.KnownParticipations.Place;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads the institutions that a file names, and in which programmes these take part. */
@Repository
class ParticipationStates {

    private final DatabaseClient database;

    ParticipationStates(DatabaseClient database) {
        this.database = database;
    }

    Mono<KnownParticipations> of(Collection<String> codes) {
        return places(codes).flatMap(places -> periods(places.values().stream().map(Place::id).toArray(UUID[]::new))
                .map(periods -> new KnownParticipations(places, periods)));
    }

    private Mono<Map<String, Place>> places(Collection<String> codes) {
        return database.sql("""
                SELECT coalesce(code, id::text) AS code, id, kind FROM institution
                 WHERE coalesce(code, id::text) = ANY(:codes)
                """)
                .bind("codes", codes.toArray(String[]::new))
                .map(row -> Map.entry(row.get("code", String.class),
                        new Place(row.get("id", UUID.class), row.get("kind", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<Part, NavigableMap<LocalDate, Period>>> periods(UUID[] places) {
        return database.sql("""
                SELECT institution_id, programme, since, until FROM participation WHERE institution_id = ANY(:places)
                """)
                .bind("places", places)
                .map(row -> Map.entry(part(row),
                        new Period(row.get("since", LocalDate.class), row.get("until", LocalDate.class))))
                .all()
                .collect(HashMap::new, (periods, one) -> periods.computeIfAbsent(one.getKey(), part -> new TreeMap<>())
                        .put(one.getValue().since(), one.getValue()));
    }

    private static Part part(Readable row) {
        return new Part(row.get("institution_id", UUID.class),
                Programme.parse(row.get("programme", String.class)).orElseThrow());
    }
}
