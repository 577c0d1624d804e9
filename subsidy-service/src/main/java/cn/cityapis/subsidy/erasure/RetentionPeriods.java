package cn.cityapis.subsidy.erasure;

import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The periods of law and office; of one day the one recorded last holds. */
@Component
class RetentionPeriods {

    private static final String COLUMNS = """
            SELECT id, records, valid_from, keep_months, basis, decided_by FROM retention_period
            """;

    private final DatabaseClient database;
    private final Clock clock;

    RetentionPeriods(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Mono<Void> insert(RetentionPeriod period) {
        return database.sql("""
                INSERT INTO retention_period (id, records, valid_from, keep_months, basis, decided_by, recorded_at)
                VALUES (:id, :records, :from, :months, :basis, :by, :now)
                """)
                .bind("id", period.id())
                .bind("records", period.records().code())
                .bind("from", period.validFrom())
                .bind("months", Parameter.fromOrEmpty(period.keepMonths(), Integer.class))
                .bind("basis", period.basis())
                .bind("by", period.decidedBy())
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** Those that hold today. */
    Mono<ErasureRules.Periods> current() {
        return Mono.zip(current(RetentionPeriod.Records.APPLICATIONS), current(RetentionPeriod.Records.PAYMENTS),
                (applications, payments) -> new ErasureRules.Periods(applications.orElse(null), payments.orElse(null)));
    }

    private Mono<Optional<RetentionPeriod>> current(RetentionPeriod.Records records) {
        return database.sql(COLUMNS + """
                 WHERE records = :records AND valid_from <= :today
                 ORDER BY valid_from DESC, recorded_at DESC, id DESC LIMIT 1
                """)
                .bind("records", records.code())
                .bind("today", LocalDate.now(clock))
                .map(RetentionPeriods::read)
                .one()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    /** The latest to begin first. */
    Mono<List<RetentionPeriod>> all() {
        return database.sql(COLUMNS + " ORDER BY valid_from DESC, recorded_at DESC, id DESC")
                .map(RetentionPeriods::read).all().collectList();
    }

    private static RetentionPeriod read(Readable row) {
        return new RetentionPeriod(row.get("id", UUID.class),
                RetentionPeriod.Records.of(row.get("records", String.class)), row.get("valid_from", LocalDate.class),
                row.get("keep_months", Integer.class), row.get("basis", String.class),
                row.get("decided_by", String.class));
    }
}
