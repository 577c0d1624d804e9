package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.institution.OpeningHours;
import cn.cityapis.pharmacy.load.KnownInstitutions.Chain;
import cn.cityapis.pharmacy.load.KnownInstitutions.Place;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads the institutions that a file names, and the accounts and areas that there are. */
@Repository
class InstitutionStates {

    private final DatabaseClient database;

    InstitutionStates(DatabaseClient database) {
        this.database = database;
    }

    Mono<KnownInstitutions> of(Collection<String> codes) {
        return places(codes).flatMap(places -> chains().flatMap(chains -> accounts()
                .flatMap(accounts -> areas().map(areas -> new KnownInstitutions(places, chains, accounts, areas)))));
    }

    private Mono<Map<String, Place>> places(Collection<String> codes) {
        return database.sql("""
                SELECT coalesce(i.code, i.id::text) AS code, i.id, i.kind, i.name, i.chain_id, i.org, i.address,
                       i.area_code, i.phone, i.insurance_accepted, i.lat, i.lon, i.keeps_calendar,
                       i.closed_on,
                       ARRAY(SELECT concat_ws(' ', o.weekday, to_char(o.opens, 'HH24:MI'), to_char(o.closes, 'HH24:MI'))
                               FROM opening_hours o WHERE o.institution_id = i.id ORDER BY o.weekday, o.opens) AS hours
                  FROM institution i WHERE coalesce(i.code, i.id::text) = ANY(:codes)
                """)
                .bind("codes", codes.toArray(String[]::new))
                .map(row -> Map.entry(row.get("code", String.class), place(row)))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private static Place place(Readable row) {
        return new Place(row.get("id", UUID.class), row.get("kind", String.class), row.get("name", String.class),
                row.get("chain_id", UUID.class), row.get("org", String.class), row.get("address", String.class),
                row.get("area_code", String.class), row.get("phone", String.class),
                row.get("insurance_accepted", Boolean.class),
                new Coordinates(row.get("lat", Double.class), row.get("lon", Double.class)),
                hours(row.get("hours", String[].class)), row.get("keeps_calendar", Boolean.class),
                row.get("closed_on", LocalDate.class));
    }

    private static List<OpeningHours> hours(String[] stretches) {
        return Arrays.stream(stretches).map(s -> s.split(" ", 3))
                .map(s -> new OpeningHours(Integer.parseInt(s[0]), s[1], s[2])).toList();
    }

    private Mono<Map<String, Chain>> chains() {
        return database.sql("SELECT org, id, name FROM chain WHERE institution_id IS NULL")
                .map(row -> Map.entry(row.get("org", String.class),
                        new Chain(row.get("id", UUID.class), row.get("name", String.class))))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Map<String, UUID>> accounts() {
        return database.sql("SELECT org, id FROM institution WHERE org IS NOT NULL")
                .map(row -> Map.entry(row.get("org", String.class), row.get("id", UUID.class)))
                .all()
                .collectMap(Entry::getKey, Entry::getValue);
    }

    private Mono<Set<String>> areas() {
        return database.sql("SELECT code FROM area")
                .map(row -> row.get("code", String.class))
                .all()
                .collect(Collectors.toSet());
    }
}
