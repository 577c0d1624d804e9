package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Statements: sums over what moved, never kept, so that they cannot differ from it. */
@Repository
class SettlementStatements {

    private final DatabaseClient database;

    SettlementStatements(DatabaseClient database) {
        this.database = database;
    }

    /** All of a month that the party may see. What is due on a provisional day is not overdue. */
    Mono<List<SettlementStatement>> of(Party party, YearMonth month, LocalDate today) {
        return database.sql("""
                WITH moved AS (
                    SELECT chain_id, supplier_id,
                           sum(fen) FILTER (WHERE day < :first) AS opening,
                           sum(fen) FILTER (WHERE day >= :first AND kind = 'accepted') AS accepted,
                           -sum(fen) FILTER (WHERE day >= :first AND kind = 'credited') AS credited,
                           -sum(fen) FILTER (WHERE day >= :first AND kind IN ('paid', 'reversed')) AS paid,
                           sum(fen) FILTER (WHERE day >= :first AND kind = 'refunded') AS refunded,
                           sum(fen) AS closing
                      FROM settlement_entry
                     WHERE day < :next AND (:chain IS NULL OR chain_id = :chain)
                       AND (:supplier IS NULL OR supplier_id = :supplier)
                     GROUP BY chain_id, supplier_id),
                clocks AS (
                    SELECT chain_id, supplier_id,
                           count(*) FILTER (WHERE due_on >= :first AND due_on < :next
                                              AND (in_time OR NOT provisional)) AS due,
                           count(*) FILTER (WHERE due_on >= :first AND due_on < :next AND in_time) AS in_time,
                           count(*) FILTER (WHERE state = 'due' AND due_on < :today AND NOT provisional
                                              AND accepted_on < :next) AS overdue
                      FROM settlement WHERE amount_fen > credited_fen OR state = 'paid'
                     GROUP BY chain_id, supplier_id)
                SELECT m.*, c.name AS chain_name, u.name AS supplier_name, coalesce(k.due, 0)::int AS due,
                       coalesce(k.in_time, 0)::int AS in_time, coalesce(k.overdue, 0)::int AS overdue
                  FROM moved m
                  JOIN chain c ON c.id = m.chain_id
                  JOIN supplier u ON u.id = m.supplier_id
                  LEFT JOIN clocks k ON k.chain_id = m.chain_id AND k.supplier_id = m.supplier_id
                 ORDER BY c.org, u.org
                """)
                .bind("first", month.atDay(1))
                .bind("next", month.plusMonths(1).atDay(1))
                .bind("today", today)
                .bind("chain", party instanceof Party.Chain(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .bind("supplier",
                        party instanceof Party.Supplier(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .map(row -> statement(row, month))
                .all()
                .collectList();
    }

    private static SettlementStatement statement(Readable row, YearMonth month) {
        int due = row.get("due", Integer.class);
        int inTime = row.get("in_time", Integer.class);
        return new SettlementStatement(month.toString(), row.get("chain_id", UUID.class),
                row.get("chain_name", String.class), row.get("supplier_id", UUID.class),
                row.get("supplier_name", String.class), fen(row, "opening"), fen(row, "accepted"),
                fen(row, "credited"), fen(row, "paid"), fen(row, "refunded"), fen(row, "closing"),
                row.get("overdue", Integer.class), due,
                inTime, due == 0 ? null : inTime * 10_000 / due);
    }

    private static Fen fen(Readable row, String column) {
        java.math.BigDecimal sum = row.get(column, java.math.BigDecimal.class);
        return new Fen(sum == null ? 0 : sum.longValueExact());
    }
}
