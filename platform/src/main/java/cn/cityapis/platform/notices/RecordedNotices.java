package cn.cityapis.platform.notices;

import cn.cityapis.platform.ids.Ids;
import java.time.Clock;
import java.time.OffsetDateTime;
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
        return database.sql("""
                INSERT INTO notice (id, recipient, kind, content, about, sent_at, outcome)
                VALUES (:id, :recipient, :kind, :content, :about, :at, 'recorded')
                """)
                .bind("id", ids.next())
                .bind("recipient", notice.recipient())
                .bind("kind", notice.kind())
                .bind("content", notice.text())
                .bind("about", notice.about())
                .bind("at", OffsetDateTime.now(clock))
                .then();
    }
}
