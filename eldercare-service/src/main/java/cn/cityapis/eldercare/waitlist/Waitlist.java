package cn.cityapis.eldercare.waitlist;

import cn.cityapis.platform.pii.FieldCipher;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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

/** The queues: order is channel, then time of application, then id; positions are counted on that index. */
@Repository
public class Waitlist {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String COLUMNS = """
            select id, application_id, home_id, queue_number, channel, applied_at, phase, masked_name, sealed_needs, end_reason
            from queue_entry
            """;

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;

    Waitlist(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
    }

    /** Joins a home's queue; the next queue number is taken under the home's row lock. */
    public Mono<Void> join(Entry entry) {
        return database.sql("""
                with taken as (
                    update home set next_queue_number = next_queue_number + 1 where id = :home
                    returning next_queue_number - 1 as number)
                insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                         masked_name, sealed_needs)
                select :id, :application, :home, number, :channel, :rank, :at, :phase, :name, :needs from taken
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
                .then();
    }

    /** Re-files a running entry under what is now known; the time of application stays. */
    public Mono<Void> refile(UUID entry, Channel channel, Entry.Phase phase, Needs needs) {
        return database.sql("""
                update queue_entry set channel = :channel, channel_rank = :rank, phase = :phase, sealed_needs = :needs
                where id = :id and ended_at is null
                """)
                .bind("id", entry)
                .bind("channel", channel.name())
                .bind("rank", channel.rank())
                .bind("phase", phase.name())
                .bind("needs", seal(entry, needs))
                .then();
    }

    public Mono<Void> setPhase(UUID entry, Entry.Phase phase) {
        return database.sql("update queue_entry set phase = :phase where id = :id and ended_at is null")
                .bind("id", entry)
                .bind("phase", phase.name())
                .then();
    }

    public Mono<Void> end(UUID entry, EndReason reason, Instant at) {
        return database.sql("""
                update queue_entry set phase = 'ENDED', ended_at = :at, end_reason = :reason
                where id = :id and ended_at is null
                """).bind("id", entry).bind("reason", reason.name()).bind("at", at).then();
    }

    public Mono<Void> endAll(UUID application, EndReason reason, Instant at) {
        return database.sql("""
                update queue_entry set phase = 'ENDED', ended_at = :at, end_reason = :reason
                where application_id = :id and ended_at is null
                """).bind("id", application).bind("reason", reason.name()).bind("at", at).then();
    }

    /** All entries of an application, ended ones too. */
    public Mono<List<Entry>> of(UUID application) {
        return database.sql(COLUMNS + "where application_id = :id order by queue_number, id")
                .bind("id", application)
                .map(this::read)
                .all()
                .collectList();
    }

    /** Exact: counted at the time of reading. */
    public Mono<Position> position(Entry entry) {
        return database.sql("""
                select count(*) as ahead, count(*) filter (where channel_rank = :rank) as ahead_in_channel
                from queue_entry
                where home_id = :home and ended_at is null and (channel_rank, applied_at, id) < (:rank, :at, :id)
                """)
                .bind("home", entry.homeId())
                .bind("rank", (short) entry.channel().rank())
                .bind("at", entry.appliedAt())
                .bind("id", entry.id())
                .map(row -> new Position(row.get("ahead_in_channel", Long.class) + 1, row.get("ahead", Long.class) + 1,
                        entry.phase() == Entry.Phase.PROVISIONAL))
                .one();
    }

    /** Live counters by home and channel. */
    public Mono<Map<UUID, Map<Channel, Long>>> counts(List<UUID> homes) {
        return database.sql("""
                select home_id, channel, count(*) as waiting from queue_entry
                where home_id = any(:homes) and ended_at is null group by home_id, channel
                """)
                .bind("homes", homes.toArray(UUID[]::new))
                .map(row -> Map.entry(row.get("home_id", UUID.class),
                        Map.entry(Channel.valueOf(row.get("channel", String.class)), row.get("waiting", Long.class))))
                .all()
                .collectList()
                .map(rows -> {
                    Map<UUID, Map<Channel, Long>> counts = new HashMap<>();
                    rows.forEach(row -> counts.computeIfAbsent(row.getKey(), home -> new EnumMap<>(Channel.class))
                            .put(row.getValue().getKey(), row.getValue().getValue()));
                    return counts;
                });
    }

    /** Recorded flow of a channel at a home over some days. */
    public Mono<Flow> flow(UUID home, Channel channel, LocalDate from, LocalDate to) {
        return database.sql("""
                select count(*) filter (where end_reason = 'ADMITTED' and ended_at >= :from) as placements,
                       count(*) filter (where end_reason <> 'ADMITTED' and ended_at >= :from) as others,
                       coalesce(sum(extract(epoch from least(coalesce(ended_at, :to), :to) - greatest(applied_at, :from)) / 86400), 0)
                           ::bigint as days
                from queue_entry
                where home_id = :home and channel = :channel and (ended_at is null or ended_at >= :from) and applied_at < :to
                """)
                .bind("home", home)
                .bind("channel", channel.name())
                .bind("from", from.atStartOfDay(ZONE).toOffsetDateTime())
                .bind("to", to.plusDays(1).atStartOfDay(ZONE).toOffsetDateTime())
                .map(row -> new Flow(from, to, row.get("placements", Integer.class), row.get("others", Integer.class),
                        row.get("days", Long.class)))
                .one();
    }

    /** The queue in its order, from after a place on. */
    public Mono<List<Entry>> inOrder(UUID home, @Nullable Place after, int rows) {
        return database.sql(COLUMNS + """
                where home_id = :home and ended_at is null
                  and (:rank::smallint is null or (channel_rank, applied_at, id) > (:rank::smallint, :at::timestamptz, :id::uuid))
                order by channel_rank, applied_at, id limit :rows
                """)
                .bind("home", home)
                .bind("rank", Parameter.fromOrEmpty(after == null ? null : after.rank(), Short.class))
                .bind("at", Parameter.fromOrEmpty(after == null ? null : after.at(), Instant.class))
                .bind("id", Parameter.fromOrEmpty(after == null ? null : after.id(), UUID.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** A place in the order of a queue. */
    public record Place(short rank, Instant at, UUID id) {
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
