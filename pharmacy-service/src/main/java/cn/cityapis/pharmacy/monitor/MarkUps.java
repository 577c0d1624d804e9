package cn.cityapis.pharmacy.monitor;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What public institutions may add to what they paid, and which institutions are public, in the database. */
@Repository
class MarkUps {

    private final DatabaseClient database;

    MarkUps(DatabaseClient database) {
        this.database = database;
    }

    Mono<List<MarkUpRules.Rule>> rules() {
        return database.sql("SELECT category, in_force_from, in_force_to, markup_bp, basis FROM public_markup_rule")
                .map(row -> new MarkUpRules.Rule(row.get("category", String.class),
                        row.get("in_force_from", LocalDate.class), row.get("in_force_to", LocalDate.class),
                        row.get("markup_bp", Integer.class), row.get("basis", String.class)))
                .all()
                .collectList();
    }

    Mono<Set<UUID>> publicOnes(Collection<UUID> among) {
        return database.sql("SELECT id FROM institution WHERE id = ANY(:among) AND kind = 'public_hospital'")
                .bind("among", among.toArray(UUID[]::new))
                .map(row -> row.get("id", UUID.class))
                .all()
                .collect(Collectors.toSet());
    }
}
