package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.CompanionPlaces;
import cn.cityapis.platform.security.Caller;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who wants to live together with whom. */
@Repository
class Companions implements CompanionPlaces {

    private final DatabaseClient database;

    Companions(DatabaseClient database) {
        this.database = database;
    }

    /** @param aloneAllowed whether he would also take a place alone */
    record Wish(UUID application, UUID companion, boolean aloneAllowed) {
    }

    Mono<Wish> of(UUID application) {
        return database.sql("""
                select application_id, companion_id, alone_allowed from companion_wish where application_id = :id
                """)
                .bind("id", application)
                .map(row -> new Wish(row.get("application_id", UUID.class), row.get("companion_id", UUID.class),
                        row.get("alone_allowed", Boolean.class)))
                .one();
    }

    @Override
    public Mono<UUID> together(UUID application) {
        return database.sql("""
                select w.companion_id from companion_wish w
                join companion_wish o on o.application_id = w.companion_id and o.companion_id = w.application_id
                where w.application_id = :id and not w.alone_allowed and not o.alone_allowed
                """)
                .bind("id", application)
                .map(row -> row.get("companion_id", UUID.class))
                .one();
    }

    Mono<Void> put(Wish wish, Instant at, Caller by) {
        return database.sql("""
                insert into companion_wish (application_id, companion_id, alone_allowed, wished_at, wished_by)
                values (:id, :companion, :alone, :at, :by)
                on conflict (application_id) do update set companion_id = excluded.companion_id,
                    alone_allowed = excluded.alone_allowed, wished_at = excluded.wished_at, wished_by = excluded.wished_by
                """)
                .bind("id", wish.application())
                .bind("companion", wish.companion())
                .bind("alone", wish.aloneAllowed())
                .bind("at", at)
                .bind("by", by.subject())
                .then();
    }

    Mono<Void> remove(UUID application) {
        return database.sql("delete from companion_wish where application_id = :id").bind("id", application).then();
    }
}
