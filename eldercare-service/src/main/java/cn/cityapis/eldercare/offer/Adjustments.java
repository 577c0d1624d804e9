package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.text.FreeText;
import cn.cityapis.eldercare.text.FreeTexts;
import cn.cityapis.platform.security.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Whether residents were kept or moved, and why; appended, never changed. */
@Repository
class Adjustments {

    private final DatabaseClient database;
    private final FreeTexts texts;

    Adjustments(DatabaseClient database, FreeTexts texts) {
        this.database = database;
        this.texts = texts;
    }

    /** @param to null if he was kept */
    record Adjustment(UUID id, Bed bed, @Nullable UUID to, String reason, Instant at) {
    }

    Mono<Void> insert(Adjustment adjustment, Caller by) {
        return database.sql("""
                insert into adjustment (id, home_id, bed_id, to_bed_id, outcome, reason, reason_sealed, decided_by,
                                        decided_at)
                values (:id, :home, :bed, :to, case when :to::uuid is null then 'KEPT' else 'MOVED' end, '', :reason, :by,
                        :at)
                """)
                .bind("id", adjustment.id())
                .bind("home", adjustment.bed().homeId())
                .bind("bed", adjustment.bed().id())
                .bind("to", Parameter.fromOrEmpty(adjustment.to(), UUID.class))
                .bind("reason", texts.seal(FreeText.ADJUSTMENT, adjustment.id(), adjustment.reason()))
                .bind("by", by.subject())
                .bind("at", adjustment.at())
                .then();
    }
}
