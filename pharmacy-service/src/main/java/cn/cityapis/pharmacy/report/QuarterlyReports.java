package cn.cityapis.pharmacy.report;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Published reports in the database. */
@Repository
class QuarterlyReports {

    private final DatabaseClient database;
    private final JsonMapper json;

    QuarterlyReports(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Who publishes a quarter waits here for whoever does. */
    Mono<Void> lock(Quarter quarter) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended('quarterly-report:' || :quarter, 0))")
                .bind("quarter", quarter.toString())
                .then();
    }

    /** How many there are of a quarter. */
    Mono<Integer> editions(Quarter quarter) {
        return database.sql("SELECT count(*)::int AS editions FROM quarterly_report WHERE quarter = :quarter")
                .bind("quarter", quarter.toString())
                .map(row -> row.get("editions", Integer.class))
                .one();
    }

    Mono<Void> insert(QuarterlyReport report, String by) {
        return database.sql("""
                INSERT INTO quarterly_report (id, quarter, edition, reason, published_by, published_at, content)
                VALUES (:id, :quarter, :edition, :reason, :by, :at, :content)
                """)
                .bind("id", report.reportId())
                .bind("quarter", report.quarter())
                .bind("edition", report.edition())
                .bind("reason", report.reason())
                .bind("by", by)
                .bind("at", report.publishedAt())
                .bind("content", Json.of(json.writeValueAsString(report.figures())))
                .then();
    }

    /** The latest quarter and edition first. */
    Flux<QuarterlyReport.Summary> list() {
        return database.sql("""
                SELECT id, quarter, edition, reason, published_at FROM quarterly_report
                 ORDER BY quarter DESC, edition DESC LIMIT 200
                """)
                .map(row -> new QuarterlyReport.Summary(row.get("id", UUID.class), row.get("quarter", String.class),
                        row.get("edition", Integer.class), row.get("reason", String.class),
                        row.get("published_at", OffsetDateTime.class)))
                .all();
    }

    Mono<QuarterlyReport> find(UUID id) {
        return database.sql("""
                SELECT id, quarter, edition, reason, published_at, content FROM quarterly_report WHERE id = :id
                """)
                .bind("id", id)
                .map(row -> report(row))
                .one();
    }

    private QuarterlyReport report(Readable row) {
        return new QuarterlyReport(row.get("id", UUID.class), row.get("quarter", String.class),
                row.get("edition", Integer.class), row.get("reason", String.class),
                row.get("published_at", OffsetDateTime.class),
                json.readValue(row.get("content", Json.class).asString(), QuarterlyFigures.class));
    }
}
