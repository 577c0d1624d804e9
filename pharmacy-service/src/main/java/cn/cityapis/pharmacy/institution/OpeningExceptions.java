package cn.cityapis.pharmacy.institution;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Dated hours in the database. */
@Repository
class OpeningExceptions {

    private final DatabaseClient database;

    OpeningExceptions(DatabaseClient database) {
        this.database = database;
    }

    private record Row(LocalDate day, @Nullable String opens, String closes, String note) {
    }

    /** Those from a day on. */
    Mono<List<OpeningException>> from(UUID place, LocalDate day) {
        return database.sql("""
                SELECT day, to_char(opens, 'HH24:MI') AS opens, to_char(closes, 'HH24:MI') AS closes, note
                  FROM opening_exception WHERE institution_id = :place AND day >= :day ORDER BY day, opens
                """)
                .bind("place", place)
                .bind("day", day)
                .map(row -> new Row(row.get("day", LocalDate.class), row.get("opens", String.class),
                        String.valueOf(row.get("closes", String.class)), row.get("note", String.class)))
                .all()
                .collectList()
                .map(OpeningExceptions::grouped);
    }

    private static List<OpeningException> grouped(List<Row> rows) {
        Map<LocalDate, List<OpeningRules.Stretch>> days = new LinkedHashMap<>();
        Map<LocalDate, String> notes = new LinkedHashMap<>();
        for (Row row : rows) {
            notes.put(row.day(), row.note());
            var stretches = days.computeIfAbsent(row.day(), day -> new ArrayList<>());
            if (row.opens() != null) {
                stretches.add(new OpeningRules.Stretch(row.opens(), row.closes()));
            }
        }
        return days.entrySet().stream()
                .map(e -> OpeningException.of(e.getKey(), e.getValue(), notes.getOrDefault(e.getKey(), "")))
                .toList();
    }

    /** Replaces what was declared for the day; whoever calls holds the row of the place. */
    Mono<Void> put(UUID place, OpeningException exception) {
        var hours = exception.hours().isEmpty()
                ? new String[][]{{null, null}}
                : exception.hours().stream().map(h -> new String[]{h.opens(), h.closes()}).toArray(String[][]::new);
        return database.sql("DELETE FROM opening_exception WHERE institution_id = :place AND day = :day")
                .bind("place", place)
                .bind("day", exception.day())
                .then()
                .then(database.sql("""
                        INSERT INTO opening_exception (institution_id, day, opens, closes, note)
                        SELECT :place, :day, h.opens::time, h.closes::time, :note
                          FROM unnest(:opens, :closes) AS h (opens, closes)
                        """)
                        .bind("place", place)
                        .bind("day", exception.day())
                        .bind("note", exception.note())
                        .bind("opens", column(hours, 0))
                        .bind("closes", column(hours, 1))
                        .then());
    }

    private static String[] column(String[][] rows, int at) {
        String[] column = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            column[i] = rows[i][at];
        }
        return column;
    }

    /** Holds the row of a place of the seller; empty if it is not his. */
    Mono<UUID> lock(Seller seller, UUID place) {
        return (switch (seller) {
            case Party.Chain(UUID chain) -> database
                    .sql("SELECT id FROM institution WHERE id = :place AND chain_id = :seller FOR NO KEY UPDATE")
                    .bind("seller", chain);
            case Seller.Place(UUID own) -> database
                    .sql("SELECT id FROM institution WHERE id = :place AND id = :seller FOR NO KEY UPDATE")
                    .bind("seller", own);
        })
                .bind("place", place)
                .map(row -> row.get("id", UUID.class))
                .one();
    }
}
