package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.ApplicationState.AssessmentBooked;
import cn.cityapis.eldercare.text.FreeText;
import cn.cityapis.eldercare.text.FreeTexts;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The dates agreed; one is booked at a time, and ends with the state that it belongs to. */
@Repository
public class Appointments {

    private final DatabaseClient database;
    private final FreeTexts texts;
    private final Clock clock;

    Appointments(DatabaseClient database, FreeTexts texts, Clock clock) {
        this.database = database;
        this.texts = texts;
        this.clock = clock;
    }

    /** In the transaction of the booking, after the state has moved on from an earlier date. */
    public Mono<Void> insert(UUID application, Appointment appointment) {
        return database.sql("""
                insert into appointment (id, application_id, agency_org, on_day, place, place_sealed, booked_by, passed_over,
                                         out_of_turn, out_of_turn_sealed, state, booked_at)
                values (:id, :application, :agency, :on, '', :place, :by, :passed,
                        case when :reason::bytea is not null then '' end, :reason, 'BOOKED', :at)
                """)
                .bind("id", appointment.id())
                .bind("application", application)
                .bind("agency", appointment.agency())
                .bind("on", appointment.on())
                .bind("place", texts.seal(FreeText.PLACE, appointment.id(), appointment.place()))
                .bind("by", appointment.bookedBy().name())
                .bind("passed", (int) appointment.passedOver())
                .bind("reason",
                        texts.sealIfTyped(FreeText.OUT_OF_TURN, appointment.id(), appointment.outOfTurnReason()))
                .bind("at", appointment.bookedAt())
                .then();
    }

    /** Ends the appointment of a state that is left. */
    Mono<Void> follow(ApplicationState before, ApplicationState after, Command.Name command) {
        if (!(before instanceof AssessmentBooked booked) || after.equals(before)) {
            return Mono.empty();
        }
        Appointment.State end = switch (command) {
            case RECORD_ASSESSMENT -> Appointment.State.KEPT;
            case MISS_ASSESSMENT -> Appointment.State.MISSED;
            case BOOK_ASSESSMENT -> Appointment.State.MOVED;
            default -> Appointment.State.CANCELLED;
        };
        return database.sql("update appointment set state = :state, ended_at = :at where id = :id and state = 'BOOKED'")
                .bind("id", booked.appointmentId())
                .bind("state", end.name())
                .bind("at", clock.instant())
                .then();
    }

    /** The latest first. */
    public Mono<List<Appointment>> of(UUID application) {
        return database.sql("""
                select id, agency_org, on_day, place, place_sealed, booked_by, passed_over, out_of_turn, out_of_turn_sealed,
                       state, booked_at
                from appointment where application_id = :id order by booked_at desc, id desc
                """)
                .bind("id", application)
                .map(row -> new Appointment(row.get("id", UUID.class), row.get("agency_org", String.class),
                        row.get("on_day", LocalDate.class), Objects.requireNonNull(texts.read(FreeText.PLACE, row)),
                        Appointment.BookedBy.valueOf(row.get("booked_by", String.class)),
                        row.get("passed_over", Integer.class), texts.read(FreeText.OUT_OF_TURN, row),
                        Appointment.State.valueOf(row.get("state", String.class)), row.get("booked_at", Instant.class)))
                .all()
                .collectList();
    }
}
