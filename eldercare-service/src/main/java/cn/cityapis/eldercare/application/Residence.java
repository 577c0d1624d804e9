package cn.cityapis.eldercare.application;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What is recorded of people who live in a home: suspected illness (第二十三条), and who was there before the rule (第二十八条). */
@Repository
class Residence {

    private static final String NOTES = "illness_note";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Residence(DatabaseClient database, FieldCipher cipher, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    private record Sealed(IllnessNote.Kind kind, String handling) {
    }

    Mono<IllnessNote> note(Caller by, UUID application, IllnessNote.Kind kind, LocalDate on, String handling) {
        UUID id = ids.next();
        Instant now = clock.instant();
        return database.sql("""
                insert into illness_note (id, application_id, sealed, noted_on, recorded_by, recorded_org, recorded_at)
                values (:id, :application, :sealed, :on, :by, :org, :at)
                """)
                .bind("id", id)
                .bind("application", application)
                .bind("sealed",
                        cipher.encrypt(NOTES, "sealed", id, json.writeValueAsString(new Sealed(kind, handling))))
                .bind("on", on)
                .bind("by", by.subject())
                .bind("org", String.valueOf(by.org()))
                .bind("at", now)
                .then()
                .thenReturn(new IllnessNote(id, kind, on, handling, kind.law(), now));
    }

    Mono<List<IllnessNote>> notes(UUID application) {
        return database.sql("""
                select id, sealed, noted_on, recorded_at from illness_note
                where application_id = :application order by recorded_at, id
                """).bind("application", application).map(row -> {
            UUID id = row.get("id", UUID.class);
            Sealed sealed = json.readValue(cipher.decrypt(NOTES, "sealed", id, row.get("sealed", byte[].class)),
                    Sealed.class);
            return new IllnessNote(id, sealed.kind(), row.get("noted_on", LocalDate.class), sealed.handling(),
                    sealed.kind().law(), row.get("recorded_at", Instant.class));
        }).all().collectList();
    }

    /** Recorded twice is recorded once. */
    Mono<Void> livedThereBefore(Caller by, UUID home, String idNumber, LocalDate since) {
        return database.sql("""
                insert into prior_resident (id, home_id, person_index, moved_in_on, recorded_by, recorded_at)
                values (:id, :home, :person, :since, :by, :at)
                on conflict (person_index, home_id) do nothing
                """)
                .bind("id", ids.next())
                .bind("home", home)
                .bind("person", cipher.blindIndex(Applications.ID_NUMBER, idNumber))
                .bind("since", since)
                .bind("by", by.subject())
                .bind("at", clock.instant())
                .then();
    }
}
