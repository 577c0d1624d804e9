package cn.cityapis.eldercare.waitlist;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queues: order is channel, then time of application, then id. Every change writes its {@link QueueEvent} in the same
 * statement; the caller holds the row of the home (order of locks: home, application, offer, bed).
 */
@Repository
public class Waitlist {

    private static final String COLUMNS = """
            select id, application_id, home_id, queue_number, channel, applied_at, phase, masked_name, sealed_needs, end_reason
            from queue_entry
            """;

    private static final String FIRST = COLUMNS + """
            where home_id = :home and ended_at is null order by channel_rank, applied_at, id limit :rows
            """;

    static final String NEXT = COLUMNS + """
            where home_id = :home and ended_at is null and (channel_rank, applied_at, id) > (:rank, :at, :id)
            order by channel_rank, applied_at, id limit :rows
            """;

    private static final String EVENT_COLUMNS = """
            (home_id, seq, kind, entry_id, application_id, queue_number, channel, applied_at, phase, sealed_needs,
             offer_id, bed, reason, at)
            """;
    /** Around an update of entries: their events take the next numbers of their homes. */
    private static final String LOGGED = """
            with changed as (%s returning *),
            numbered as (
                update home h set last_event_seq = h.last_event_seq + c.events
                from (select home_id, count(*) as events from changed group by home_id) c where h.id = c.home_id
                returning h.id, h.last_event_seq - c.events as before)
            insert into queue_event""" + EVENT_COLUMNS + """
            select c.home_id, n.before + row_number() over (partition by c.home_id order by c.queue_number), :kind, c.id,
                   c.application_id, c.queue_number, c.channel, c.applied_at, c.phase, c.sealed_needs, :offer::uuid,
                   :bed::jsonb, c.end_reason, :now
            from changed c join numbered n on n.id = c.home_id
            """;

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Clock clock;

    Waitlist(DatabaseClient database, FieldCipher cipher, JsonMapper json, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
        this.clock = clock;
    }

    /** Joins a home's queue; queue number and number of the event are taken under the home's row lock. */
    public Mono<Void> join(Entry entry) {
        return database.sql("""
                with taken as (
                    update home set next_queue_number = next_queue_number + 1, last_event_seq = last_event_seq + 1
                    where id = :home returning next_queue_number - 1 as number, last_event_seq as seq),
                entered as (
                    insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at,
                                             phase, masked_name, sealed_needs)
                    select :id, :application, :home, number, :channel, :rank, :at, :phase, :name, :needs from taken
                    returning *)
                insert into queue_event""" + EVENT_COLUMNS + """
                select e.home_id, t.seq, 'ENTERED', e.id, e.application_id, e.queue_number, e.channel, e.applied_at, e.phase,
                       e.sealed_needs, null, null, null, :now
                from entered e cross join taken t
                """)
                .bind("id", entry.id())
                .bind("application", entry.applicationId())
                .bind("home", entry.homeId())
                .bind("channel", entry.channel().name())
                .bind("rank", entry.channel().rank())
                .bind("at", entry.appliedAt())
                .bind("phase", entry.phase().name())
                .bind("name", entry.maskedName())
                .bind("needs", seal(entry.id(), entry.needs()))
                .bind("now", clock.instant())
                .then();
    }

    /** Re-files a running entry under what is now known; the time of application stays. */
    public Mono<Void> refile(UUID entry, Channel channel, Entry.Phase phase, Needs needs) {
        return logged("""
                update queue_entry set channel = :channel, channel_rank = :rank, phase = :phase, sealed_needs = :needs
                where id = :id and ended_at is null
                """, QueueEvent.Kind.CHANGED)
                .bind("id", entry)
                .bind("channel", channel.name())
                .bind("rank", channel.rank())
                .bind("phase", phase.name())
                .bind("needs", seal(entry, needs))
                .then();
    }

    /**
     * Re-files a running entry whose channel has changed, where the operator's option does not keep the original time of
     * application (第十四条): both in one event, as a time that moves without its channel would be a fault.
     */
    public Mono<Void> refileAnew(UUID entry, Channel channel, Entry.Phase phase, Needs needs, Instant at) {
        return logged("""
                update queue_entry set channel = :channel, channel_rank = :rank, phase = :phase, sealed_needs = :needs,
                       applied_at = :at
                where id = :id and ended_at is null
                """, QueueEvent.Kind.CHANGED)
                .bind("id", entry)
                .bind("channel", channel.name())
                .bind("rank", channel.rank())
                .bind("phase", phase.name())
                .bind("needs", seal(entry, needs))
                .bind("at", at)
                .then();
    }

    /** For a running entry that is neither offered a bed nor ended by it: those have methods of their own. */
    public Mono<Void> setPhase(UUID entry, Entry.Phase phase) {
        if (phase == Entry.Phase.OFFERED || phase == Entry.Phase.ENDED) {
            throw new IllegalArgumentException(phase + " needs its facts: offered(), end()");
        }
        return logged("update queue_entry set phase = :phase where id = :id and ended_at is null",
                QueueEvent.Kind.CHANGED)
                .bind("id", entry)
                .bind("phase", phase.name())
                .then();
    }

    /** A bed is offered to a waiting entry; 412 if it does not wait any more. */
    public Mono<Void> offered(UUID entry, UUID offer, OfferedBed bed) {
        return logged("update queue_entry set phase = 'OFFERED' where id = :id and phase = 'WAITING'",
                QueueEvent.Kind.OFFERED, Parameter.from(offer), Parameter.from(Json.of(json.writeValueAsString(bed))))
                .bind("id", entry)
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }

    public Mono<Void> end(UUID entry, EndReason reason, Instant at) {
        return logged("""
                update queue_entry set phase = 'ENDED', ended_at = :at, end_reason = :reason
                where id = :id and ended_at is null
                """, QueueEvent.Kind.ENDED).bind("id", entry).bind("reason", reason.name()).bind("at", at).then();
    }

    public Mono<Void> endAll(UUID application, EndReason reason, Instant at) {
        return logged("""
                update queue_entry set phase = 'ENDED', ended_at = :at, end_reason = :reason
                where application_id = :id and ended_at is null
                """, QueueEvent.Kind.ENDED).bind("id", application).bind("reason", reason.name()).bind("at", at).then();
    }

    /** The next places of a queue in their order; answers whose they were. */
    public Mono<List<UUID>> endNext(UUID home, EndReason reason, Instant at, int rows) {
        return database.sql(LOGGED.formatted("""
                update queue_entry set phase = 'ENDED', ended_at = :at, end_reason = :reason
                where id in (select id from queue_entry where home_id = :home and ended_at is null
                             order by channel_rank, applied_at, id limit :rows)
                """) + " returning application_id")
                .bind("kind", QueueEvent.Kind.ENDED.name())
                .bind("offer", Parameter.empty(UUID.class))
                .bind("bed", Parameter.empty(Json.class))
                .bind("now", clock.instant())
                .bind("home", home)
                .bind("reason", reason.name())
                .bind("at", at)
                .bind("rows", rows)
                .map(row -> row.get("application_id", UUID.class))
                .all()
                .collectList();
    }

    /** Entries put in by other ways than {@link #join} stand in the log as they are found. */
    public Mono<Void> carryOver() {
        return database.sql("select carry_queue_over(:now)").bind("now", clock.instant()).then();
    }

    private DatabaseClient.GenericExecuteSpec logged(String change, QueueEvent.Kind kind) {
        return logged(change, kind, Parameter.empty(UUID.class), Parameter.empty(Json.class));
    }

    private DatabaseClient.GenericExecuteSpec logged(String change, QueueEvent.Kind kind, Parameter offer,
            Parameter bed) {
        return database.sql(LOGGED.formatted(change))
                .bind("kind", kind.name())
                .bind("offer", offer)
                .bind("bed", bed)
                .bind("now", clock.instant());
    }

    /** All entries of an application, ended ones too. */
    public Mono<List<Entry>> of(UUID application) {
        return database.sql(COLUMNS + "where application_id = :id order by queue_number, id")
                .bind("id", application)
                .map(this::read)
                .all()
                .collectList();
    }

    /** Live counters by home and channel. */
    public Mono<Map<UUID, Map<Channel, Long>>> counts(List<UUID> homes) {
        return database.sql("""
                select home_id, channel_rank, waiting from queue_count
                where home_id = any(:homes) and bits = 63 and waiting > 0
                """)
                .bind("homes", homes.toArray(UUID[]::new))
                .map(row -> Map.entry(row.get("home_id", UUID.class),
                        Map.entry(Channel.ofRank(row.get("channel_rank", Short.class)),
                                row.get("waiting", Integer.class).longValue())))
                .all()
                .collectList()
                .map(rows -> {
                    Map<UUID, Map<Channel, Long>> counts = new HashMap<>();
                    rows.forEach(row -> counts.computeIfAbsent(row.getKey(), home -> new EnumMap<>(Channel.class))
                            .put(row.getValue().getKey(), row.getValue().getValue()));
                    return counts;
                });
    }

    /** The queue in its order, from after a place on; two statements, as one for both could not begin in the index. */
    public Mono<List<Entry>> inOrder(UUID home, @Nullable Place after, int rows) {
        DatabaseClient.GenericExecuteSpec statement = after == null
                ? database.sql(FIRST)
                : database.sql(NEXT).bind("rank", after.rank()).bind("at", after.at()).bind("id", after.id());
        return statement.bind("home", home).bind("rows", rows).map(this::read).all().collectList();
    }

    /** Those of these applications who stand in the queue. */
    public Mono<List<Entry>> standing(UUID home, Collection<UUID> applications) {
        return database.sql(COLUMNS + """
                where application_id = any(:applications) and home_id = :home and ended_at is null
                order by channel_rank, applied_at, id
                """)
                .bind("applications", applications.toArray(UUID[]::new))
                .bind("home", home)
                .map(this::read)
                .all()
                .collectList();
    }

    /** A place in the order of a queue. */
    public record Place(short rank, Instant at, UUID id) {

        public static Place of(Entry entry) {
            return new Place((short) entry.channel().rank(), entry.appliedAt(), entry.id());
        }
    }

    private byte[] seal(UUID id, Needs needs) {
        return cipher.encrypt("queue_entry", "sealed_needs", id, json.writeValueAsString(needs));
    }

    private Entry read(Readable row) {
        UUID id = row.get("id", UUID.class);
        Needs needs = json.readValue(
                cipher.decrypt("queue_entry", "sealed_needs", id, row.get("sealed_needs", byte[].class)), Needs.class);
        return new Entry(id, row.get("application_id", UUID.class), row.get("home_id", UUID.class),
                row.get("queue_number", Integer.class), Channel.valueOf(row.get("channel", String.class)),
                row.get("applied_at", Instant.class), Entry.Phase.valueOf(row.get("phase", String.class)),
                row.get("masked_name", String.class), needs, row.get("end_reason", String.class));
    }
}
