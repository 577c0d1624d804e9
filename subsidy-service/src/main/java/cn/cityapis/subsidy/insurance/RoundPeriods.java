package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.subsidy.SubsidySettings;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The periods of 第十一条 that run now, and what was told of them. */
@Component
class RoundPeriods {

    private final DatabaseClient database;
    private final SubsidySettings settings;
    private final Clock clock;

    RoundPeriods(DatabaseClient database, SubsidySettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whose period: the lead insurer's to file, or a district's to review. */
    enum Kind {
        FILING("申报", "insurance_round", "filing"), DISTRICT_REVIEW("区市初审", "insurance_filing", "district");

        private final String title;
        private final String table;
        private final String column;

        Kind(String title, String table, String column) {
            this.title = title;
            this.table = table;
            this.column = column;
        }

        String title() {
            return title;
        }
    }

    /**
     * A period that runs, or ran out without anybody having been told.
     *
     * @param id of the round, or of the filing
     * @param org whom it binds
     * @param opens first day of its round, by which the figures of the law are chosen
     * @param begun what it is counted from: the day of closing, or the one on which the papers were in order; null if that
     *        was not written down
     */
    record Period(Kind kind, UUID id, int year, String org, LocalDate opens, @Nullable LocalDate begun, Deadline by,
            boolean warned) {

        /** What audit and notices call it. */
        String resource() {
            return kind == Kind.FILING ? "insurance-round" : "insurance-filing";
        }

        String about() {
            return resource() + "s/" + id;
        }
    }

    /** Of a round as long as some district is not yet filed for; of a filing as long as its district has it. */
    Mono<List<Period>> running() {
        return database.sql("""
                SELECT 'FILING' AS kind, r.id, r.year, r.lead_org AS org, r.opens, r.closes AS begun, r.filing_due AS last_day,
                       r.filing_provisional AS provisional, r.filing_warned_at IS NOT NULL AS warned
                  FROM insurance_round r
                 WHERE r.filing_missed_at IS NULL
                   AND EXISTS (SELECT FROM unnest(:areas::text[]) AS area
                                WHERE NOT EXISTS (SELECT FROM insurance_filing f
                                                   WHERE f.round_id = r.id AND f.area_code = area AND f.state <> 'draft'))
                UNION ALL
                SELECT 'DISTRICT_REVIEW', f.id, r.year, f.area_code, r.opens, f.in_order_on, f.district_due,
                       f.district_provisional, f.district_warned_at IS NOT NULL
                  FROM insurance_filing f JOIN insurance_round r ON r.id = f.round_id
                 WHERE f.state = 'district-review' AND f.district_missed_at IS NULL
                 ORDER BY last_day, id LIMIT 500
                """)
                .bind("areas", settings.areas().stream().map(SubsidySettings.Area::code).toArray(String[]::new))
                .map(RoundPeriods::period).all().collectList();
    }

    private static Period period(Readable row) {
        return new Period(Kind.valueOf(row.get("kind", String.class)), row.get("id", UUID.class),
                row.get("year", Integer.class), row.get("org", String.class), row.get("opens", LocalDate.class),
                row.get("begun", LocalDate.class),
                new Deadline(row.get("last_day", LocalDate.class), row.get("provisional", Boolean.class)),
                row.get("warned", Boolean.class));
    }

    /** @return false if another replica has warned of it */
    Mono<Boolean> warned(Period period) {
        return mark(period, "warned_at", "");
    }

    /** @return false if another replica has recorded it */
    Mono<Boolean> missed(Period period) {
        return mark(period, "missed_at",
                period.kind() == Kind.DISTRICT_REVIEW ? ", district_late = true, version = version + 1" : "");
    }

    /**
     * Warned of anew if the day of the warning is still to come. Whoever looks at a filing sees the day, so that its
     * version grows.
     *
     * @return false if the period has ended meanwhile, or another replica has counted it
     */
    Mono<Boolean> recounted(Period period, Deadline by, LocalDate warnOn) {
        String column = period.kind().column;
        return database.sql("UPDATE " + period.kind().table + " SET " + column + "_due = :last, " + column
                + "_provisional = :provisional, " + column + "_warned_at = CASE WHEN :warn <= :today THEN " + column
                + "_warned_at END WHERE id = :id AND " + column + "_provisional"
                + (period.kind() == Kind.DISTRICT_REVIEW ? " AND state = 'district-review'" : ""))
                .bind("last", by.lastDay())
                .bind("provisional", by.provisional())
                .bind("warn", warnOn)
                .bind("today", LocalDate.now(clock))
                .bind("id", period.id())
                .fetch().rowsUpdated().map(rows -> rows == 1)
                .filter(moved -> moved)
                .flatMap(moved -> database
                        .sql("UPDATE insurance_filing SET version = version + 1 WHERE :id IN (id, round_id)")
                        .bind("id", period.id()).then().thenReturn(true))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> mark(Period period, String what, String more) {
        String column = period.kind().column + "_" + what;
        return database
                .sql("UPDATE " + period.kind().table + " SET " + column + " = :now" + more + " WHERE id = :id AND "
                        + column + " IS NULL")
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", period.id())
                .fetch().rowsUpdated().map(rows -> rows == 1);
    }
}
