package cn.cityapis.eldercare.waitlist;

import io.r2dbc.postgresql.codec.Json;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The flow of whole days past, which does not change any more: computed once and kept. */
@Repository
public class QueueFlows {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<Integer> HORIZONS = List.of(30, 90, 180, 365);

    private final DatabaseClient database;
    private final JsonMapper json;

    QueueFlows(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** The flow of so many days, yesterday the last of them. */
    public Mono<Flow> until(UUID home, Channel channel, LocalDate today, int days) {
        LocalDate from = today.minusDays(days);
        LocalDate to = today.minusDays(1);
        return database.sql("""
                select flow::text as flow from queue_flow
                where home_id = :home and channel = :channel and from_day = :from and to_day = :to
                """)
                .bind("home", home)
                .bind("channel", channel.name())
                .bind("from", from)
                .bind("to", to)
                .map(row -> json.readValue(row.get("flow", String.class), Flow.class))
                .one()
                .switchIfEmpty(Mono.defer(() -> compute(home, channel, from, to)
                        .flatMap(flow -> keep(home, channel, flow).thenReturn(flow))));
    }

    /** Whoever came here with a time of application of before is seen from the day on which he came. */
    private Mono<Flow> compute(UUID home, Channel channel, LocalDate from, LocalDate to) {
        return database.sql("""
                with stood as (
                    select e.applied_at, e.ended_at, e.end_reason,
                           greatest(e.applied_at, case v.kind when 'ENTERED' then v.at end) as came_at
                    from queue_entry e
                    left join queue_event v on v.home_id = e.home_id and v.entry_id = e.id and v.kind = 'ENTERED'
                    where e.home_id = :home and e.channel = :channel and (e.ended_at is null or e.ended_at >= :from)),
                waited as (
                    select extract(epoch from greatest(:from, came_at) - applied_at) / 86400 as seen_from,
                           extract(epoch from least(coalesce(ended_at, :to), :to) - applied_at) / 86400 as seen_until,
                           case when ended_at < :to then end_reason end as reason
                    from stood
                    where came_at < :to and (ended_at is null or ended_at >= came_at))
                select floor(seen_from)::int as seen_from, floor(seen_until)::int as seen_until, reason, count(*)::int as people,
                       sum(seen_until - seen_from)::float8 as days
                from waited group by 1, 2, 3
                """)
                .bind("home", home)
                .bind("channel", channel.name())
                .bind("from", from.atStartOfDay(ZONE).toOffsetDateTime())
                .bind("to", to.plusDays(1).atStartOfDay(ZONE).toOffsetDateTime())
                .map(row -> new Group(new Waited(row.get("seen_from", Integer.class),
                        row.get("seen_until", Integer.class), reason(row.get("reason", String.class)),
                        row.get("people", Integer.class)), row.get("days", Double.class)))
                .all()
                .collectList()
                .map(groups -> flow(from, to, groups));
    }

    private record Group(Waited waited, double days) {
    }

    private static @Nullable EndReason reason(
            @Nullable String name) {
        return name == null ? null : EndReason.valueOf(name);
    }

    private static Flow flow(LocalDate from, LocalDate to, List<Group> groups) {
        List<Waited> waited = groups.stream().map(Group::waited).toList();
        int placements = waited.stream().filter(group -> group.reason() == EndReason.ADMITTED)
                .mapToInt(Waited::people).sum();
        int ends = waited.stream().filter(group -> group.reason() != null).mapToInt(Waited::people).sum();
        return new Flow(from, to, placements, ends - placements, groups.stream().mapToDouble(Group::days).sum(),
                CumulativeIncidenceRules.estimate(waited, HORIZONS));
    }

    private Mono<Void> keep(UUID home, Channel channel, Flow flow) {
        return database.sql("""
                insert into queue_flow (home_id, channel, from_day, to_day, flow)
                values (:home, :channel, :from, :to, :flow) on conflict do nothing
                """)
                .bind("home", home)
                .bind("channel", channel.name())
                .bind("from", flow.from())
                .bind("to", flow.to())
                .bind("flow", Json.of(json.writeValueAsString(flow)))
                .then();
    }
}
