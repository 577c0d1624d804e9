package cn.cityapis.eldercare.report;

import cn.cityapis.eldercare.waitlist.Channel;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Counts of what was recorded; months are those of Asia/Shanghai. */
@Repository
class Reports {

    private static final String ZONE = "Asia/Shanghai";

    private final DatabaseClient database;

    Reports(DatabaseClient database) {
        this.database = database;
    }

    /** Of a district, or all. */
    Mono<List<ReportRules.Place>> homes(@Nullable String district) {
        return database.sql("""
                select id, code, name, district_code from home
                where (:district::text is null or district_code = :district) order by district_code, code
                """)
                .bind("district", Parameter.fromOrEmpty(district, String.class))
                .map(row -> new ReportRules.Place(row.get("id", UUID.class), row.get("code", String.class),
                        row.get("name", String.class), row.get("district_code", String.class)))
                .all()
                .collectList();
    }

    Mono<Movements> movements(List<UUID> homes, YearMonth from, YearMonth to) {
        return entered(homes, from, to).flatMap(entered -> ended(homes, from, to)
                .flatMap(ended -> made(homes, from, to).flatMap(made -> missed(homes, from, to)
                        .map(missed -> new Movements(entered, ended, made, missed)))));
    }

    /** By when they came into the queue, which no later step moves; who was carried over had come when he applied. */
    private Mono<List<Movements.Entered>> entered(List<UUID> homes, YearMonth from, YearMonth to) {
        return read("""
                with came as (
                    select e.home_id, e.channel, case v.kind when 'ENTERED' then v.at else coalesce(v.applied_at, e.applied_at) end as at
                    from queue_entry e
                    left join queue_event v on v.home_id = e.home_id and v.entry_id = e.id and v.kind in ('ENTERED', 'CARRIED_OVER')
                    where e.home_id = any(:homes))
                select home_id, channel, to_char(greatest(at, :before) at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                       count(*)::int as entered
                from came where at < :end group by 1, 2, 3
                """, homes, from, to)
                .map(row -> new Movements.Entered(key(row), row.get("entered", Integer.class)))
                .all()
                .collectList();
    }

    private Mono<List<Movements.Ended>> ended(List<UUID> homes, YearMonth from, YearMonth to) {
        return read("""
                select home_id, channel, to_char(greatest(ended_at, :before) at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                       count(*) filter (where end_reason = 'ADMITTED')::int as admitted,
                       count(*) filter (where end_reason <> 'ADMITTED')::int as others,
                       floor(percentile_disc(0.5) within group (order by extract(epoch from ended_at - applied_at) / 86400)
                           filter (where end_reason = 'ADMITTED'))::int as median,
                       floor(percentile_disc(0.9) within group (order by extract(epoch from ended_at - applied_at) / 86400)
                           filter (where end_reason = 'ADMITTED'))::int as long
                from queue_entry where home_id = any(:homes) and ended_at < :end group by 1, 2, 3
                """, homes, from, to)
                .map(row -> new Movements.Ended(key(row), row.get("admitted", Integer.class),
                        row.get("others", Integer.class), row.get("median", Integer.class),
                        row.get("long", Integer.class)))
                .all()
                .collectList();
    }

    private Mono<List<Movements.Made>> made(List<UUID> homes, YearMonth from, YearMonth to) {
        return read("""
                select o.home_id, e.channel, to_char(greatest(o.made_at, :before) at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                       count(*)::int as offers,
                       count(*) filter (where o.state in ('ACCEPTED', 'PAPERS_CHECKED', 'COMPLETED'))::int as accepted,
                       count(*) filter (where o.state = 'REFUSED')::int as refused,
                       count(*) filter (where o.state = 'LAPSED')::int as lapsed
                from offer o join queue_entry e on e.id = o.entry_id
                where o.home_id = any(:homes) and o.made_at < :end group by 1, 2, 3
                """, homes, from, to)
                .map(row -> new Movements.Made(key(row), row.get("offers", Integer.class),
                        row.get("accepted", Integer.class), row.get("refused", Integer.class),
                        row.get("lapsed", Integer.class)))
                .all()
                .collectList();
    }

    private Mono<List<Movements.Missed>> missed(List<UUID> homes, YearMonth from, YearMonth to) {
        return read("""
                select d.home_id, coalesce(e.channel, a.channel) as channel,
                       to_char(greatest(d.missed_at, :before) at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                       count(*)::int as missed
                from deadline d join application a on a.id = d.application_id
                left join queue_entry e on e.application_id = d.application_id and e.home_id = d.home_id
                where d.home_id = any(:homes) and d.missed_at < :end group by 1, 2, 3
                """, homes, from, to)
                .map(row -> new Movements.Missed(key(row), row.get("missed", Integer.class)))
                .all()
                .collectList();
    }

    /** What was before the first month falls into the month before it. */
    private DatabaseClient.GenericExecuteSpec read(String sql, List<UUID> homes, YearMonth from, YearMonth to) {
        return database.sql(sql)
                .bind("homes", homes.toArray(UUID[]::new))
                .bind("before", start(from.minusMonths(1)))
                .bind("end", start(to.plusMonths(1)));
    }

    private static OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneId.of(ZONE)).toOffsetDateTime();
    }

    private static Movements.Key key(Readable row) {
        return new Movements.Key(row.get("home_id", UUID.class), Channel.valueOf(row.get("channel", String.class)),
                YearMonth.parse(row.get("month", String.class)));
    }
}
