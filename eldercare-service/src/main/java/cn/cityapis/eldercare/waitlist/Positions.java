package cn.cityapis.eldercare.waitlist;

import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an application stands in each of its queues, exact, in one snapshot and one statement: counters of all who applied
 * in earlier grains of time, and a count within the finest one.
 */
@Repository
public class Positions {

    /** The grains of time of queue_count, coarse to fine; in each, what lies before this entry's within the coarser. */
    static final String SQL = """
            with me as materialized (
                select home_id, queue_number, channel, channel_rank, applied_at, id, phase, end_reason,
                       queue_bucket(applied_at, 41) as b41, queue_bucket(applied_at, 35) as b35,
                       queue_bucket(applied_at, 29) as b29, queue_bucket(applied_at, 23) as b23
                from queue_entry where application_id = :application)
            select me.home_id, h.name as home_name, me.queue_number, me.channel, me.phase, me.end_reason,
                   f.flow::text as flow,
                   case when me.phase <> 'ENDED' then
                   (select coalesce(sum(c.waiting), 0) from queue_count c
                    where c.home_id = me.home_id and c.channel_rank < me.channel_rank and c.bits = 63 and c.bucket = 0)
                   end as higher_channels,
                   case when me.phase <> 'ENDED' then
                   (select coalesce(sum(c.waiting), 0) from queue_count c
                    where c.home_id = me.home_id and c.channel_rank = me.channel_rank and c.bits = 41 and c.bucket < me.b41)
                   + (select coalesce(sum(c.waiting), 0) from queue_count c
                      where c.home_id = me.home_id and c.channel_rank = me.channel_rank and c.bits = 35
                        and c.bucket >= me.b41 << 6 and c.bucket < me.b35)
                   + (select coalesce(sum(c.waiting), 0) from queue_count c
                      where c.home_id = me.home_id and c.channel_rank = me.channel_rank and c.bits = 29
                        and c.bucket >= me.b35 << 6 and c.bucket < me.b29)
                   + (select coalesce(sum(c.waiting), 0) from queue_count c
                      where c.home_id = me.home_id and c.channel_rank = me.channel_rank and c.bits = 23
                        and c.bucket >= me.b29 << 6 and c.bucket < me.b23)
                   + (select count(*) from queue_entry e
                      where e.home_id = me.home_id and e.ended_at is null and e.channel_rank = me.channel_rank
                        and e.applied_at >= queue_bucket_start(me.b23, 23)
                        and (e.applied_at, e.id) < (me.applied_at, me.id))
                   end as ahead_in_channel
            from me join home h on h.id = me.home_id
            left join queue_flow f on f.home_id = me.home_id and f.channel = me.channel
                                  and f.from_day = :from and f.to_day = :to
            order by me.queue_number, me.id
            """;

    private final DatabaseClient database;
    private final JsonMapper json;

    Positions(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * One of its places.
     *
     * @param position null once the place has ended
     * @param flow what flowed through the channel in the days asked for; null if nobody has computed it yet
     */
    public record Standing(UUID homeId, String homeName, int queueNumber, Channel channel, Entry.Phase phase,
            @Nullable Position position, @Nullable Flow flow, @Nullable String endReason) {
    }

    /** All places of an application, ended ones too. */
    public Mono<List<Standing>> of(UUID application, LocalDate from, LocalDate to) {
        return database.sql(SQL)
                .bind("application", application)
                .bind("from", from)
                .bind("to", to)
                .map(this::read)
                .all()
                .collectList();
    }

    private Standing read(Readable row) {
        Entry.Phase phase = Entry.Phase.valueOf(row.get("phase", String.class));
        String flow = row.get("flow", String.class);
        return new Standing(row.get("home_id", UUID.class), row.get("home_name", String.class),
                row.get("queue_number", Integer.class), Channel.valueOf(row.get("channel", String.class)), phase,
                phase == Entry.Phase.ENDED ? null : position(row, phase),
                flow == null ? null : json.readValue(flow, Flow.class), row.get("end_reason", String.class));
    }

    private static Position position(Readable row, Entry.Phase phase) {
        long inChannel = row.get("ahead_in_channel", Long.class) + 1;
        return new Position(inChannel, inChannel + row.get("higher_channels", Long.class),
                phase == Entry.Phase.PROVISIONAL);
    }
}
