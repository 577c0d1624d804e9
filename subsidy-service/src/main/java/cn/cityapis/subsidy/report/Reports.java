package cn.cityapis.subsidy.report;

import cn.cityapis.subsidy.scheme.Funding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Added up from the accounts. */
@Component
class Reports {

    private final DatabaseClient database;

    Reports(DatabaseClient database) {
        this.database = database;
    }

    /** @param area null: the whole city */
    Mono<List<ReportLine>> lines(int year, @Nullable String area) {
        return database.sql("""
                SELECT a.scheme_id, a.area_code, a.party,
                       -coalesce(sum(balance_fen) FILTER (WHERE kind = 'source'), 0)::bigint AS appropriated,
                       coalesce(sum(balance_fen) FILTER (WHERE kind = 'available'), 0)::bigint AS available,
                       coalesce(sum(balance_fen) FILTER (WHERE kind = 'committed'), 0)::bigint AS committed,
                       coalesce(sum(balance_fen) FILTER (WHERE kind = 'in-transit'), 0)::bigint AS in_transit,
                       coalesce(sum(balance_fen) FILTER (WHERE kind = 'paid'), 0)::bigint AS paid,
                       coalesce(sum(balance_fen) FILTER (WHERE kind = 'receivable'), 0)::bigint AS receivable,
                       coalesce(sum(balance_fen) FILTER (WHERE kind = 'city-funds'), 0)::bigint AS city_funds,
                       (SELECT count(DISTINCT coalesce(t.application_id, t.filing_id))
                          FROM ledger_account p JOIN ledger_entry e ON e.account_id = p.id
                          JOIN ledger_transaction t ON t.id = e.transaction_id
                         WHERE p.kind = 'paid' AND t.kind = 'payment' AND p.scheme_id = a.scheme_id AND p.budget_year = :year
                           AND p.party = a.party AND p.area_code = a.area_code) AS cases
                  FROM ledger_account a
                 WHERE a.budget_year = :year AND (:area::text IS NULL OR a.area_code = :area)
                 GROUP BY a.scheme_id, a.area_code, a.party
                 ORDER BY a.scheme_id, a.area_code, a.party
                """)
                .bind("year", year)
                .bind("area", Parameter.fromOrEmpty(area, String.class))
                .map(row -> new ReportLine(row.get("scheme_id", String.class), row.get("area_code", String.class),
                        Funding.Party.valueOf(row.get("party", String.class).toUpperCase(Locale.ROOT)),
                        row.get("appropriated", Long.class), row.get("available", Long.class),
                        row.get("committed", Long.class), row.get("in_transit", Long.class),
                        row.get("paid", Long.class), row.get("receivable", Long.class),
                        row.get("city_funds", Long.class), row.get("cases", Long.class)))
                .all()
                .collectList();
    }
}
