package cn.cityapis.eldercare.erasure;

import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The periods that the office has set; of one day the one recorded last holds. */
@Repository
class RetentionPeriods {

    private static final String COLUMNS = "select id, valid_from, keep_months, basis, decided_by from retention_period ";

    private final DatabaseClient database;
    private final Clock clock;

    RetentionPeriods(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Mono<Void> insert(RetentionPeriod period) {
        return database.sql("""
                insert into retention_period (id, valid_from, keep_months, basis, decided_by, recorded_at)
                values (:id, :from, :months, :basis, :by, :at)
                """)
                .bind("id", period.id())
                .bind("from", period.validFrom())
                .bind("months", Parameter.fromOrEmpty(period.keepMonths(), Integer.class))
                .bind("basis", period.basis())
                .bind("by", period.decidedBy())
                .bind("at", clock.instant())
                .then();
    }

    /** The one that holds today. */
    Mono<Optional<RetentionPeriod>> current() {
        return database.sql(COLUMNS + """
                where valid_from <= :today order by valid_from desc, recorded_at desc, id desc limit 1
                """).bind("today", LocalDate.now(clock)).map(RetentionPeriods::read).one()
                .map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    /** The latest to begin first. */
    Mono<List<RetentionPeriod>> all() {
        return database.sql(COLUMNS + "order by valid_from desc, recorded_at desc, id desc")
                .map(RetentionPeriods::read).all().collectList();
    }

    private static RetentionPeriod read(Readable row) {
        return new RetentionPeriod(row.get("id", UUID.class), row.get("valid_from", LocalDate.class),
                row.get("keep_months", Integer.class), row.get("basis", String.class),
                row.get("decided_by", String.class));
    }
}
