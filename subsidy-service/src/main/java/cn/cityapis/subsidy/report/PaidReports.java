package cn.cityapis.subsidy.report;

import cn.cityapis.subsidy.scheme.Funding;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Added up from the entries, by the day on which they were booked. */
@Component
class PaidReports {

    private final DatabaseClient database;
    private final Clock clock;

    PaidReports(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param area null: the whole city */
    Mono<List<PaidLine>> lines(int year, @Nullable String area) {
        return database.sql("""
                SELECT a.scheme_id, a.area_code, a.party, a.budget_year,
                       coalesce(sum(e.amount_fen) FILTER (WHERE t.kind = 'payment'), 0)::bigint AS paid,
                       -coalesce(sum(e.amount_fen) FILTER (WHERE t.kind = 'return'), 0)::bigint AS returned,
                       coalesce(sum(e.amount_fen) FILTER (WHERE t.kind = 'clawback' AND a.kind = 'receivable'), 0)::bigint
                           AS claimed,
                       -coalesce(sum(e.amount_fen) FILTER (WHERE t.kind = 'repayment'), 0)::bigint AS repaid,
                       count(DISTINCT coalesce(t.application_id, t.filing_id)) FILTER (WHERE t.kind = 'payment') AS cases
                  FROM ledger_transaction t
                  JOIN ledger_entry e ON e.transaction_id = t.id
                  JOIN ledger_account a ON a.id = e.account_id
                 WHERE t.booked_at >= :from AND t.booked_at < :until
                   AND t.kind IN ('payment', 'return', 'clawback', 'repayment')
                   -- an order that never arrived moves between other accounts
                   AND a.kind IN ('paid', 'receivable') AND (:area::text IS NULL OR a.area_code = :area)
                 GROUP BY a.scheme_id, a.area_code, a.party, a.budget_year
                 ORDER BY a.scheme_id, a.area_code, a.party, a.budget_year
                """)
                .bind("from", begins(year))
                .bind("until", begins(year + 1))
                .bind("area", Parameter.fromOrEmpty(area, String.class))
                .map(row -> line(row.get("scheme_id", String.class), row.get("area_code", String.class),
                        row.get("party", String.class), row.get("budget_year", Integer.class),
                        row.get("paid", Long.class), row.get("returned", Long.class), row.get("claimed", Long.class),
                        row.get("repaid", Long.class), row.get("cases", Long.class)))
                .all()
                .collectList();
    }

    private static PaidLine line(String scheme, String area, String party, int budgetYear, long paid, long returned,
            long claimed, long repaid, long cases) {
        return new PaidLine(scheme, area, Funding.Party.valueOf(party.toUpperCase(Locale.ROOT)), budgetYear, paid,
                returned, claimed, repaid, paid - returned - repaid, cases);
    }

    /** In the time of the city. */
    private OffsetDateTime begins(int year) {
        return Year.of(year).atDay(1).atStartOfDay(clock.getZone()).toOffsetDateTime();
    }
}
