package cn.cityapis.policy.entitlement;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a version offers to whom, for features that look for who may want it. */
@Component
public class Offers {

    /** @param audiences codes of the vocabulary */
    public record Offer(String articleKey, List<String> audiences, @Nullable Long amountFen) {
    }

    private final DatabaseClient database;

    Offers(DatabaseClient database) {
        this.database = database;
    }

    public Mono<List<Offer>> of(UUID version) {
        return database.sql("""
                SELECT e.article_key, e.audiences, e.amount_fen
                  FROM entitlement e
                  JOIN article a ON a.version_id = e.version_id AND a.key = e.article_key
                 WHERE e.version_id = :version
                 ORDER BY a.seq, e.starts_at
                """).bind("version", version)
                .map(row -> new Offer(Objects.requireNonNull(row.get("article_key", String.class)),
                        Arrays.asList(Objects.requireNonNull(row.get("audiences", String[].class))),
                        row.get("amount_fen", Long.class)))
                .all().collectList();
    }

    /** The code of an audience by its code, name or any term. */
    public static Optional<String> audience(String asked) {
        return Audiences.shipped().find(asked.strip()).map(Audiences.Audience::code);
    }

    /** The audience itself, those it belongs to, and those that belong to it. */
    public static Set<String> related(String code) {
        return Audiences.shipped().related(code);
    }
}
