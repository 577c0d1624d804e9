package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.text.FreeText;
import cn.cityapis.eldercare.text.FreeTexts;
import cn.cityapis.platform.pii.FieldCipher;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The reported changes; sealed, as they tell of income. */
@Repository
class CircumstanceChanges {

    private static final String TABLE = "circumstance_change";
    private static final String COLUMNS = """
            select id, sealed, state, reported_at, decided_at, reason, reason_sealed from circumstance_change
            """;

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final FreeTexts texts;
    private final JsonMapper json;
    private final Clock clock;

    CircumstanceChanges(DatabaseClient database, FieldCipher cipher, FreeTexts texts, JsonMapper json, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    /** A stored report with all of its contents. */
    record Stored(CircumstanceChange change, Circumstances circumstances) {
    }

    Mono<Void> insert(UUID id, UUID application, Circumstances reported, CircumstanceChange.State state) {
        Instant now = clock.instant();
        Instant decided = state == CircumstanceChange.State.REPORTED ? null : now;
        return database.sql("""
                insert into circumstance_change (id, application_id, sealed, state, reported_at, decided_at)
                values (:id, :application, :sealed, :state, :now, :decided)
                """)
                .bind("id", id)
                .bind("application", application)
                .bind("sealed", cipher.encrypt(TABLE, "sealed", id, json.writeValueAsString(reported)))
                .bind("state", state.name())
                .bind("now", now)
                .bind("decided", Parameter.fromOrEmpty(decided, Instant.class))
                .then();
    }

    Mono<Void> decide(UUID id, CircumstanceChange.State state, @Nullable String org, String reason) {
        return database.sql("""
                update circumstance_change
                set state = :state, decided_at = :now, decided_org = :org, reason = '', reason_sealed = :reason
                where id = :id and state = 'REPORTED'
                """)
                .bind("id", id)
                .bind("state", state.name())
                .bind("now", clock.instant())
                .bind("org", Parameter.fromOrEmpty(org, String.class))
                .bind("reason", texts.seal(FreeText.CHANGE, id, reason))
                .then();
    }

    /** With its round ends what nobody can judge any more. */
    Mono<Void> follow(Application before, Application after) {
        if (!before.state().name().isLive() || after.state().name().isLive()) {
            return Mono.empty();
        }
        return database.sql("""
                update circumstance_change set state = 'CLOSED', decided_at = :now
                where application_id = :id and state = 'REPORTED'
                """).bind("id", after.id()).bind("now", clock.instant()).then();
    }

    /** Empty if the application has no such report. */
    Mono<Stored> find(UUID application, UUID id) {
        return database.sql(COLUMNS + "where application_id = :application and id = :id")
                .bind("application", application).bind("id", id).map(this::read).one();
    }

    /** The latest first. */
    Mono<List<CircumstanceChange>> of(UUID application) {
        return database.sql(COLUMNS + "where application_id = :application order by reported_at desc, id desc")
                .bind("application", application).map(this::read).all().map(Stored::change).collectList();
    }

    Mono<Boolean> hasOpen(UUID application) {
        return database.sql("""
                select exists(select 1 from circumstance_change where application_id = :id and state = 'REPORTED')
                """).bind("id", application).mapValue(Boolean.class).one();
    }

    private Stored read(Readable row) {
        UUID id = row.get("id", UUID.class);
        Circumstances reported = json.readValue(cipher.decrypt(TABLE, "sealed", id, row.get("sealed", byte[].class)),
                Circumstances.class);
        return new Stored(new CircumstanceChange(id, reported.categories(), List.copyOf(reported.parties()),
                reported.explanation(),
                CircumstanceChange.State.valueOf(row.get("state", String.class)),
                row.get("reported_at", Instant.class), row.get("decided_at", Instant.class),
                texts.read(FreeText.CHANGE, row)), reported);
    }
}
