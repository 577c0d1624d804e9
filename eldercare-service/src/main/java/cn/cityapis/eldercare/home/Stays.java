package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.text.FreeText;
import cn.cityapis.eldercare.text.FreeTexts;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who is in which bed since when, and why; one at a time per bed and per application, whatever races. */
@Repository
public class Stays {

    private static final String COLUMNS = """
            select s.id, s.home_id, s.bed_id, b.label, b.emergency, s.application_id, s.purpose, s.reason,
                   s.reason_sealed, s.until_day, s.began_at, s.ended_at, s.end_reason
            from stay s join bed b on b.id = s.bed_id
            """;

    private final DatabaseClient database;
    private final FreeTexts texts;

    Stays(DatabaseClient database, FreeTexts texts) {
        this.database = database;
        this.texts = texts;
    }

    /** What begins. */
    public record Begin(UUID id, Bed bed, @Nullable UUID application, Stay.Purpose purpose, String reason,
            @Nullable LocalDate until, Instant at) {
    }

    /** 409 if the bed or the person has a running stay. */
    public Mono<Void> begin(Begin stay, Caller by) {
        return database.sql("""
                insert into stay (id, home_id, bed_id, application_id, purpose, reason, reason_sealed, until_day, began_at,
                                  began_by)
                values (:id, :home, :bed, :application, :purpose, '', :reason, :until, :at, :by)
                """)
                .bind("id", stay.id())
                .bind("home", stay.bed().homeId())
                .bind("bed", stay.bed().id())
                .bind("application", Parameter.fromOrEmpty(stay.application(), UUID.class))
                .bind("purpose", stay.purpose().name())
                .bind("reason", texts.seal(FreeText.STAY, stay.id(), stay.reason()))
                .bind("until", Parameter.fromOrEmpty(stay.until(), LocalDate.class))
                .bind("at", stay.at())
                .bind("by", by.subject())
                .then()
                .onErrorMap(DuplicateKeyException.class, e -> ProblemException.of(EldercareProblem.ALREADY_PLACED));
    }

    /** Nothing happens if nobody's stay in that bed is recorded. */
    public Mono<Void> endOf(UUID bed, Stay.End reason, @Nullable String note, Instant at, Caller by) {
        return runningIn(bed).flatMap(stay -> database.sql("""
                update stay
                set ended_at = :at, end_reason = :reason, end_note = case when :note::bytea is not null then '' end,
                    end_note_sealed = :note, ended_by = :by
                where id = :id and ended_at is null
                """)
                .bind("id", stay.id())
                .bind("reason", reason.name())
                .bind("note", texts.sealIfTyped(FreeText.DEPARTURE, stay.id(), note))
                .bind("at", at)
                .bind("by", by.subject())
                .then());
    }

    /** The running stay of an applicant, if any. */
    public Mono<Stay> runningOf(UUID application) {
        return database.sql(COLUMNS + "where s.application_id = :id and s.ended_at is null")
                .bind("id", application)
                .map(this::read)
                .one();
    }

    /** Wherever the person of an application lives, whichever round led there. */
    public Mono<List<Stay>> runningOfPerson(UUID application) {
        return database.sql(COLUMNS + """
                where s.ended_at is null and s.application_id in (
                    select o.id from application p join application o on o.id = p.id or o.person_index = p.person_index
                    where p.id = :id)
                order by s.id
                """)
                .bind("id", application)
                .map(this::read)
                .all()
                .collectList();
    }

    /** The running stay in a bed, if any. */
    public Mono<Stay> runningIn(UUID bed) {
        return database.sql(COLUMNS + "where s.bed_id = :id and s.ended_at is null")
                .bind("id", bed)
                .map(this::read)
                .one();
    }

    /** The latest first. */
    public Mono<List<Stay>> page(UUID home, boolean running, boolean emergencyOnly, @Nullable UUID before, int rows) {
        return database.sql(COLUMNS + """
                where s.home_id = :home and (not :running or s.ended_at is null) and (not :emergency or b.emergency)
                  and (:before::uuid is null or s.id < :before::uuid)
                order by s.id desc limit :rows
                """)
                .bind("home", home)
                .bind("running", running)
                .bind("emergency", emergencyOnly)
                .bind("before", Parameter.fromOrEmpty(before, UUID.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    private Stay read(Readable row) {
        String end = row.get("end_reason", String.class);
        return new Stay(row.get("id", UUID.class), row.get("home_id", UUID.class), row.get("bed_id", UUID.class),
                row.get("label", String.class), row.get("emergency", Boolean.class),
                row.get("application_id", UUID.class), Stay.Purpose.valueOf(row.get("purpose", String.class)),
                Objects.requireNonNull(texts.read(FreeText.STAY, row)), row.get("until_day", LocalDate.class),
                row.get("began_at", Instant.class), row.get("ended_at", Instant.class),
                end == null ? null : Stay.End.valueOf(end));
    }
}
