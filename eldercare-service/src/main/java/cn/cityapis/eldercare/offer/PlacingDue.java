package cn.cityapis.eldercare.offer;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The homes that are to be looked at, as the database's triggers note them; all by its own clock. */
@Repository
class PlacingDue {

    private static final String DUE = "noted_at <= now() - make_interval(secs => :seconds)";

    private final DatabaseClient database;

    PlacingDue(DatabaseClient database) {
        this.database = database;
    }

    /** A bed that becomes free notes its home anew. */
    Mono<Void> dropWithoutFreeBed() {
        return database.sql("""
                delete from placing_due d where not exists (
                    select 1 from bed b join home h on h.id = b.home_id
                    where b.home_id = d.home_id and b.state = 'FREE' and h.closed_at is null)
                """).then();
    }

    /** Those that have been noted for the longest time. */
    Mono<List<UUID>> homes(Duration after, int rows) {
        return database.sql("select home_id from placing_due where " + DUE
                + " group by home_id order by min(id) limit :rows")
                .bind("seconds", after.toSeconds())
                .bind("rows", rows)
                .map(row -> row.get("home_id", UUID.class))
                .all()
                .collectList();
    }

    /** The caller holds the home; all that is taken here can be seen by whatever it reads next. */
    Mono<Void> take(UUID home, Duration after) {
        return database.sql("delete from placing_due where home_id = :home and " + DUE)
                .bind("home", home)
                .bind("seconds", after.toSeconds())
                .then();
    }

    Mono<Void> postpone(UUID home, Duration after) {
        return database.sql("with taken as (delete from placing_due where home_id = :home and " + DUE
                + " returning home_id, noted_at) insert into placing_due (home_id, noted_at) "
                + "select home_id, min(noted_at) from taken group by home_id")
                .bind("home", home)
                .bind("seconds", after.toSeconds())
                .then();
    }
}
