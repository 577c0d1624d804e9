package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.waitlist.Channel;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notices and their lines: appended, never changed. */
@Repository
class PublicNotices {

    private static final String NOTICE = """
            select home_id, month, published_at, line_count, previous_digest, digest from public_notice
            """;
    private static final String LINE = """
            select place, queue_number, channel, applied_month, name, mark from public_notice_line
            """;
    /** What is shown of a code in a month: says nothing to whoever does not know the code. */
    private static final String MARK = "left(encode(sha256(convert_to(%s, 'UTF8')), 'hex'), 16)";

    private final DatabaseClient database;

    PublicNotices(DatabaseClient database) {
        this.database = database;
    }

    /** Homes without a notice for this month; a month that lies before a home's latest notice is past. */
    Mono<List<UUID>> due(String month, int most) {
        return database.sql("""
                select h.id from home h
                where not exists (select 1 from public_notice n where n.home_id = h.id and n.month >= :month)
                order by h.id limit :most
                """).bind("month", month).bind("most", most).mapValue(UUID.class).all().collectList();
    }

    /** Writes down the queue as it stands. */
    Mono<Void> copyQueue(UUID home, String month) {
        return database.sql("""
                insert into public_notice_line (home_id, month, place, queue_number, channel, applied_month, name, mark)
                select home_id, :month, row_number() over (order by channel_rank, applied_at, id), queue_number, channel,
                       to_char(applied_at at time zone 'Asia/Shanghai', 'YYYY-MM'), masked_name, %s
                from queue_entry where home_id = :home and ended_at is null
                """.formatted(MARK.formatted("home_id::text || '|' || :month || '|' || notice_code")))
                .bind("home", home).bind("month", month).then();
    }

    Mono<Void> publish(PublicNotice notice) {
        return database.sql("""
                insert into public_notice (home_id, month, published_at, line_count, previous_digest, digest)
                values (:home, :month, :at, :lines, :previous, :digest)
                """)
                .bind("home", notice.homeId())
                .bind("month", notice.month())
                .bind("at", notice.publishedAt())
                .bind("lines", notice.lineCount())
                .bind("previous", Parameter.fromOrEmpty(notice.previousDigest(), String.class))
                .bind("digest", notice.digest())
                .then();
    }

    Mono<PublicNotice> find(UUID home, String month) {
        return database.sql(NOTICE + "where home_id = :home and month = :month").bind("home", home)
                .bind("month", month).map(PublicNotices::notice).one();
    }

    Mono<PublicNotice> latest(UUID home) {
        return database.sql(NOTICE + "where home_id = :home order by month desc limit 1").bind("home", home)
                .map(PublicNotices::notice).one();
    }

    /** The newest first, from before a month on. */
    Mono<List<PublicNotice>> page(UUID home, @Nullable String before, int rows) {
        return database.sql(NOTICE + """
                where home_id = :home and (:before::text is null or month < :before)
                order by month desc limit :rows
                """).bind("home", home).bind("before", Parameter.fromOrEmpty(before, String.class)).bind("rows", rows)
                .map(PublicNotices::notice).all().collectList();
    }

    /** The oldest first. */
    Flux<PublicNotice> all(UUID home) {
        return database.sql(NOTICE + "where home_id = :home order by month").bind("home", home)
                .map(PublicNotices::notice).all();
    }

    Flux<NoticeLine> lines(UUID home, String month) {
        return database.sql(LINE + "where home_id = :home and month = :month order by place").bind("home", home)
                .bind("month", month).map(PublicNotices::line).all();
    }

    Mono<List<NoticeLine>> lines(UUID home, String month, int after, int rows) {
        return database.sql(LINE + """
                where home_id = :home and month = :month and place > :after order by place limit :rows
                """).bind("home", home).bind("month", month).bind("after", after).bind("rows", rows)
                .map(PublicNotices::line).all().collectList();
    }

    Mono<NoticeLine> byCode(UUID home, String month, String code) {
        return database.sql(LINE + "where home_id = :home and month = :month and mark = "
                + MARK.formatted(":home::text || '|' || :month || '|' || :code"))
                .bind("home", home).bind("month", month).bind("code", code).map(PublicNotices::line).one();
    }

    /** A person's own code in a home's queue. */
    Flux<NoticeCode> codes(UUID application) {
        return database.sql("""
                select e.home_id, h.name, e.queue_number, e.notice_code from queue_entry e join home h on h.id = e.home_id
                where e.application_id = :application order by h.name, e.queue_number
                """).bind("application", application)
                .map(row -> new NoticeCode(row.get("home_id", UUID.class), row.get("name", String.class),
                        row.get("queue_number", Integer.class), row.get("notice_code", String.class)))
                .all();
    }

    private static PublicNotice notice(Readable row) {
        return new PublicNotice(row.get("home_id", UUID.class), row.get("month", String.class),
                row.get("published_at", Instant.class), row.get("line_count", Integer.class),
                row.get("previous_digest", String.class), row.get("digest", String.class));
    }

    private static NoticeLine line(Readable row) {
        return new NoticeLine(row.get("place", Integer.class), row.get("queue_number", Integer.class),
                Channel.valueOf(row.get("channel", String.class)), row.get("applied_month", String.class),
                row.get("name", String.class), row.get("mark", String.class));
    }
}
