package cn.cityapis.eldercare.erasure;

import cn.cityapis.eldercare.application.ApplicationState;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What stands against erasing, what is overwritten besides the forms, and the record of it. */
@Repository
class Erasures {

    /** When something last happened to application a. */
    private static final String LAST_AT = """
            greatest(a.created_at, a.submitted_at,
                     (select max(d.decided_at) from decision d where d.application_id = a.id),
                     (select max(coalesce(s.ended_at, s.began_at)) from stay s where s.application_id = a.id))
            """;
    private static final String COLUMNS = """
            select e.id, e.ground, e.reason, e.files, e.erased_at, e.erased_org,
                   array(select a.id from application a where a.erasure_id = e.id order by a.id) as applications
            from erasure e
            """;

    /** Nothing of these is proof of anything but of the person himself. */
    private static final List<String> OVERWRITTEN = List.of(
            "update assessment set sealed = '' where application_id = any(:applications)",
            "update circumstance_change set sealed = '' where application_id = any(:applications)",
            "update illness_note set sealed = '' where application_id = any(:applications)",
            "update appointment set place = '' where application_id = any(:applications)",
            "update offer set person_index = null where application_id = any(:applications)",
            "delete from companion_wish where application_id = any(:applications)", """
                    delete from prior_resident p using application a
                    where a.id = any(:applications) and p.person_index = a.person_index
                    """);

    /** What was typed of the person, which stays with the decision until he is erased: the tables themselves look. */
    private static final List<String> EMPTIED = List.of(
            "update decision set reason = '', reason_sealed = '' where application_id = any(:applications)",
            "update circumstance_change set reason = '', reason_sealed = '' where application_id = any(:applications)",
            """
                    update appointment set place_sealed = '', out_of_turn = case when out_of_turn is not null then '' end,
                                           out_of_turn_sealed = ''
                    where application_id = any(:applications)
                    """, """
                    update notice set content = ''
                    where kind = 'assessment-booked' and about in (select 'applications/' || id from unnest(:applications) id)
                    """, """
                    update stay set reason = '', reason_sealed = '', end_note = case when end_note is not null then '' end,
                                    end_note_sealed = ''
                    where application_id = any(:applications)
                    """, """
                    update adjustment j set reason = '', reason_sealed = ''
                    from stay s
                    where s.application_id = any(:applications) and j.bed_id = s.bed_id
                      and j.decided_at between s.began_at and coalesce(s.ended_at, 'infinity')
                    """, """
                    update deadline d set closed_at = e.erased_at
                    from application a join erasure e on e.id = a.erasure_id
                    where d.application_id = a.id and a.id = any(:applications) and d.kind = 'HAND_IN'
                      and d.met_at is null and d.closed_at is null
                    """);

    private final DatabaseClient database;
    private final Clock clock;

    Erasures(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All that is there by now of the person of these applications, which the caller holds. */
    Mono<List<Round>> rounds(List<UUID> applications) {
        return database.sql("""
                select a.id, a.state, a.submitted_at is not null as received, %s as last_at,
                       exists(select 1 from stay s where s.application_id = a.id and s.ended_at is null) as in_bed,
                       exists(select 1 from circumstance_change c
                              where c.application_id = a.id and c.state = 'REPORTED') as change_open,
                       exists(select 1 from deadline l where l.application_id = a.id and l.met_at is null
                                and l.closed_at is null and l.missed_at is null) as period_runs
                from application a
                where a.erasure_id is null and (a.id = any(:applications)
                    or a.person_index in (select p.person_index from application p where p.id = any(:applications)))
                order by a.id
                """.formatted(LAST_AT))
                .bind("applications", applications.toArray(UUID[]::new))
                .map(row -> new Round(row.get("id", UUID.class),
                        ApplicationState.Name.valueOf(row.get("state", String.class)),
                        row.get("received", Boolean.class), row.get("in_bed", Boolean.class),
                        row.get("change_open", Boolean.class),
                        row.get("period_runs", Boolean.class),
                        LocalDate.ofInstant(row.get("last_at", Instant.class), clock.getZone())))
                .all()
                .collectList();
    }

    /** Whose last round ended before a day, one application of each person, in order of id. */
    Mono<List<UUID>> endedBefore(LocalDate day, @Nullable UUID after, int rows) {
        return database.sql("""
                select a.id from application a
                where a.erasure_id is null and not a.live and (:after::uuid is null or a.id > :after::uuid)
                  and %s < :before
                  and not exists (select 1 from application o where o.person_index = a.person_index and o.id > a.id
                                    and o.erasure_id is null)
                order by a.id limit :rows
                """.formatted(LAST_AT))
                .bind("after", Parameter.fromOrEmpty(after, UUID.class))
                .bind("before", day.atStartOfDay(clock.getZone()).toInstant())
                .bind("rows", rows)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Before the applications are erased, while the person is still found. */
    Mono<Void> overwrite(List<UUID> applications) {
        return each(OVERWRITTEN, applications);
    }

    /** Once they are: append-only tables let nothing else empty what was typed. */
    Mono<Void> emptyTexts(List<UUID> applications) {
        return each(EMPTIED, applications);
    }

    private Mono<Void> each(List<String> statements, List<UUID> applications) {
        return Flux.fromIterable(statements)
                .concatMap(sql -> database.sql(sql).bind("applications", applications.toArray(UUID[]::new)).then())
                .then();
    }

    Mono<Void> insert(Erasure erasure, String by) {
        return database.sql("""
                insert into erasure (id, ground, reason, files, erased_at, erased_by, erased_org)
                values (:id, :ground, :reason, :files, :at, :by, :org)
                """)
                .bind("id", erasure.id())
                .bind("ground", erasure.ground().name())
                .bind("reason", erasure.reason())
                .bind("files", erasure.files())
                .bind("at", erasure.erasedAt())
                .bind("by", by)
                .bind("org", Parameter.fromOrEmpty(erasure.erasedOrg(), String.class))
                .then();
    }

    /** The latest first. */
    Mono<List<Erasure>> page(@Nullable UUID before, int rows) {
        return database
                .sql(COLUMNS + "where (:before::uuid is null or e.id < :before::uuid) order by e.id desc limit :rows")
                .bind("before", Parameter.fromOrEmpty(before, UUID.class))
                .bind("rows", rows)
                .map(Erasures::read)
                .all()
                .collectList();
    }

    private static Erasure read(Readable row) {
        return new Erasure(row.get("id", UUID.class), Erasure.Ground.valueOf(row.get("ground", String.class)),
                row.get("reason", String.class), Arrays.asList(row.get("applications", UUID[].class)),
                row.get("files", Integer.class), row.get("erased_at", Instant.class),
                row.get("erased_org", String.class));
    }
}
