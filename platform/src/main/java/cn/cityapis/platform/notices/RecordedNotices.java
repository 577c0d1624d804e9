package cn.cityapis.platform.notices;

import cn.cityapis.platform.ids.Ids;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The default adapter: records, reaches nobody. */
public final class RecordedNotices implements Notices {

    private final DatabaseClient database;
    private final Ids ids;
    private final Clock clock;

    public RecordedNotices(DatabaseClient database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> send(Notice notice) {
        return send(List.of(notice));
    }

    @Override
    public Mono<Void> send(List<Notice> notices) {
        if (notices.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                INSERT INTO notice (id, recipient, kind, content, about, sent_at, outcome)
                SELECT n.id, n.recipient, n.kind, n.content, n.about, :at, 'recorded'
                  FROM unnest(:ids::uuid[], :recipients::text[], :kinds::text[], :contents::text[], :abouts::text[])
                       AS n (id, recipient, kind, content, about)
                """)
                .bind("ids", notices.stream().map(notice -> ids.next()).toArray(UUID[]::new))
                .bind("recipients", texts(notices, Notice::recipient))
                .bind("kinds", texts(notices, Notice::kind))
                .bind("contents", texts(notices, Notice::text))
                .bind("abouts", texts(notices, Notice::about))
                .bind("at", OffsetDateTime.now(clock))
                .then();
    }

    private static String[] texts(List<Notice> notices, Function<Notice, String> of) {
        return notices.stream().map(of).toArray(String[]::new);
    }
}
