package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.scheme.Funding;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.r2dbc.spi.R2dbcException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Reads the ledger: balances, entries, and whether it still adds up. */
@Component
class LedgerReport {

    /** What the entries say of each case against what its months, orders to the bank and claims say. */
    private static final String CASES_OFF = """
            SELECT count(*)
              FROM application c
              LEFT JOIN (SELECT t.application_id, sum(e.amount_fen) FILTER (WHERE a.kind = 'committed')  AS committed,
                                sum(e.amount_fen) FILTER (WHERE a.kind = 'in-transit') AS in_transit,
                                sum(e.amount_fen) FILTER (WHERE a.kind = 'paid')       AS paid,
                                sum(e.amount_fen) FILTER (WHERE a.kind = 'receivable') AS receivable
                           FROM ledger_transaction t
                           JOIN ledger_entry e ON e.transaction_id = t.id
                           JOIN ledger_account a ON a.id = e.account_id
                          WHERE t.application_id IS NOT NULL
                          GROUP BY t.application_id) l ON l.application_id = c.id
              LEFT JOIN (SELECT application_id, sum(amount_fen) FILTER (WHERE state IN ('failed', 'held')) AS failed,
                                sum(amount_fen) FILTER (WHERE state = 'pending') AS pending
                           FROM payment_item GROUP BY application_id) i ON i.application_id = c.id
              LEFT JOIN (SELECT application_id, sum(amount_fen) AS paid FROM payment
                          WHERE outcome = 'paid' AND id NOT IN (SELECT payment_id FROM payment_reversal)
                          GROUP BY application_id) p ON p.application_id = c.id
              LEFT JOIN (SELECT k.application_id, sum(k.amount_fen) AS claimed,
                                sum((SELECT sum(r.amount_fen) FROM repayment r WHERE r.clawback_id = k.id)) AS repaid,
                                sum((SELECT sum(s.amount_fen) FROM clawback_settlement s
                                      WHERE s.clawback_id = k.id)) AS settled
                           FROM clawback k GROUP BY k.application_id) k ON k.application_id = c.id
             WHERE coalesce(l.committed, 0) <> coalesce(i.failed, 0) + CASE WHEN c.state IN ('paying', 'suspended')
                       THEN c.monthly_fen * (12 * (extract(year FROM upper(c.period)) - extract(year FROM c.next_month))
                            + extract(month FROM upper(c.period)) - extract(month FROM c.next_month)) ELSE 0 END
                OR coalesce(l.in_transit, 0) <> coalesce(i.pending, 0)
                OR coalesce(l.paid, 0) <> coalesce(p.paid, 0) - coalesce(k.claimed, 0) + coalesce(k.settled, 0)
                OR coalesce(l.receivable, 0) <> coalesce(k.claimed, 0) - coalesce(k.repaid, 0)
                       - coalesce(k.settled, 0)
            """;

    /** What the entries say of each insurer's filing against where it stands. */
    private static final String FILINGS_OFF = """
            SELECT count(*)
              FROM insurance_filing f
              LEFT JOIN (SELECT t.filing_id, sum(e.amount_fen) FILTER (WHERE a.kind = 'paid') AS paid,
                                sum(e.amount_fen) FILTER (WHERE a.kind IN ('committed', 'city-funds')) AS held,
                                sum(e.amount_fen) FILTER (WHERE a.kind = 'city-funds') AS handed
                           FROM ledger_transaction t
                           JOIN ledger_entry e ON e.transaction_id = t.id
                           JOIN ledger_account a ON a.id = e.account_id
                          WHERE t.filing_id IS NOT NULL GROUP BY t.filing_id) l ON l.filing_id = f.id
              LEFT JOIN (SELECT filing_id, sum(subsidy_fen) AS due FROM insurance_row GROUP BY filing_id) w ON w.filing_id = f.id
             WHERE coalesce(l.paid, 0) <> CASE WHEN f.state = 'paid' THEN w.due ELSE 0 END
                OR coalesce(l.held, 0) <> CASE WHEN f.state IN ('approved', 'transferred', 'paying') THEN w.due ELSE 0 END
                OR (coalesce(l.handed, 0) > 0) <> (f.state IN ('transferred', 'paying'))
            """;

    private static final String QUERY_CANCELED = "57014";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Duration answersWithin;

    LedgerReport(DatabaseClient database, TransactionalOperator transaction,
            @Value("${subsidy.ledger.check-answers-within}") Duration answersWithin) {
        this.database = database;
        this.transaction = transaction;
        this.answersWithin = answersWithin;
    }

    @Schema(description = "台账账户")
    record Account(@Schema(description = "账户编号") UUID id,
            @Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
            @Schema(description = "预算年度", example = "2026") int year, @Schema(description = "承担方") Funding.Party party,
            @Schema(description = "区划代码", example = "371002") String areaCode,
            @Schema(description = "账户类别：source 资金来源；available 可用；committed 已承诺；in-transit 已送银行；paid 已支付；receivable 应收回；city-funds 市级资金（由区市代付）") AccountKey.Kind kind,
            @Schema(description = "余额（分）", example = "500000") long balanceFen) {
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "台账分录")
    record Entry(@Schema(description = "分录编号") long id, @Schema(description = "凭证编号") UUID transactionId,
            @Schema(description = "凭证类别：appropriation 预算下达；commitment 承诺；transmission 送银行；payment 支付；return 退回；release 释放；clawback 追回；repayment 归还；transfer 市级拨付；reversal 冲正") String kind,
            @Schema(description = "申请编号") @Nullable UUID applicationId, @Schema(description = "摘要") String memo,
            @Schema(description = "金额（分），增为正减为负", example = "-250000") long amountFen,
            @Schema(description = "记账时间") OffsetDateTime bookedAt) {
    }

    /** Everything added up again from the entries. */
    @Schema(description = "核对结果：从全部分录重新加总")
    record Check(@Schema(description = "全部分录合计（分），应为 0", example = "0") String totalFen,
            @Schema(description = "凭证数") long transactions,
            @Schema(description = "分录数") long entries,
            @Schema(description = "借贷不平的凭证数，应为 0") long unbalancedTransactions,
            @Schema(description = "余额与分录不符的账户数，应为 0") long accountsOff,
            @Schema(description = "超出预算的账户数，应为 0") long overBudget,
            @Schema(description = "没有支付凭证的付款数，应为 0") long paymentsOff,
            @Schema(description = "台账与申请、批次、追回记录不符的申请数，应为 0") long casesOff,
            @Schema(description = "台账与保费补贴申报不符的申报数，应为 0") long filingsOff,
            @Schema(description = "是否全部相符") boolean consistent) {

        /** How many things do not add up; a total that is not zero is one. */
        long differences() {
            return (totalFen.equals("0") ? 0 : 1) + unbalancedTransactions + accountsOff + overBudget + paymentsOff
                    + casesOff + filingsOff;
        }
    }

    /** @param area null: of the whole city */
    Mono<List<Account>> accounts(@Nullable String area, PageRequest page) {
        return database.sql("""
                SELECT id, scheme_id, budget_year, party, area_code, kind, balance_fen
                  FROM ledger_account
                 WHERE id > :after AND (:area::text IS NULL OR area_code = :area)
                 ORDER BY id
                 LIMIT :limit
                """)
                .bind("after", Cursors.idAfter(page))
                .bind("area", Parameter.fromOrEmpty(area, String.class))
                .bind("limit", page.rowsToRead())
                .map(row -> new Account(row.get("id", UUID.class), row.get("scheme_id", String.class),
                        row.get("budget_year", Integer.class), Ledger.party(row.get("party", String.class)),
                        row.get("area_code", String.class),
                        AccountKey.Kind.of(row.get("kind", String.class)),
                        row.get("balance_fen", Long.class)))
                .all()
                .collectList();
    }

    Mono<Boolean> exists(UUID account, @Nullable String area) {
        return database.sql("""
                SELECT count(*) FROM ledger_account WHERE id = :id AND (:area::text IS NULL OR area_code = :area)
                """).bind("id", account).bind("area", Parameter.fromOrEmpty(area, String.class))
                .mapValue(Long.class).one().map(count -> count > 0);
    }

    Mono<List<Entry>> entries(UUID account, PageRequest page) {
        return database.sql("""
                SELECT e.id, e.transaction_id, t.kind, t.application_id, t.memo, e.amount_fen, t.booked_at
                  FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
                 WHERE e.account_id = :account AND e.id > :after
                 ORDER BY e.id
                 LIMIT :limit
                """)
                .bind("account", account)
                .bind("after", Cursors.numberAfter(page))
                .bind("limit", page.rowsToRead())
                .map(row -> new Entry(row.get("id", Long.class), row.get("transaction_id", UUID.class),
                        row.get("kind", String.class), row.get("application_id", UUID.class),
                        row.get("memo", String.class), row.get("amount_fen", Long.class),
                        row.get("booked_at", OffsetDateTime.class)))
                .all()
                .collectList();
    }

    /** While somebody waits for it, who has to ask otherwise for a ledger that takes longer. A million entries take five seconds. */
    Mono<Check> check() {
        return check(answersWithin).onErrorMap(LedgerReport::timedOut,
                late -> ProblemException.of(SubsidyProblem.LEDGER_LONG, "请用 requestLedgerCheck 在后台核对，再查看结果"));
    }

    private static boolean timedOut(Throwable error) {
        return error.getCause() instanceof R2dbcException cause && QUERY_CANCELED.equals(cause.getSqlState());
    }

    /** Everything as it stood at one moment. */
    Mono<Check> check(Duration atMost) {
        return database.sql("SET LOCAL statement_timeout = " + atMost.toMillis()).then().then(Mono.defer(this::addedUp))
                .as(transaction::transactional);
    }

    private Mono<Check> addedUp() {
        return database.sql("""
                WITH summed AS (
                    SELECT transaction_id, sum(amount_fen) AS total, count(*) AS entries FROM ledger_entry GROUP BY transaction_id
                ), held AS (
                    SELECT account_id, sum(amount_fen) AS total FROM ledger_entry GROUP BY account_id
                ), by_kind AS MATERIALIZED (
                    SELECT e.transaction_id, a.kind, sum(e.amount_fen) AS fen
                      FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id GROUP BY e.transaction_id, a.kind
                )
                SELECT (SELECT coalesce(sum(amount_fen), 0)::text FROM ledger_entry)          AS total,
                       (SELECT count(*) FROM ledger_transaction)                              AS transactions,
                       (SELECT count(*) FROM ledger_entry)                                    AS entries,
                       (SELECT count(*) FROM ledger_transaction t LEFT JOIN summed s ON s.transaction_id = t.id
                         WHERE s.total IS DISTINCT FROM 0 OR s.entries < 2)                   AS unbalanced,
                       (SELECT count(*) FROM ledger_account a LEFT JOIN held h ON h.account_id = a.id
                         WHERE coalesce(h.total, 0) <> a.balance_fen)                         AS accounts_off,
                       (SELECT count(*) FROM ledger_account a LEFT JOIN held h ON h.account_id = a.id
                         WHERE a.kind <> 'source' AND coalesce(h.total, 0) < 0)               AS over_budget,
                       (SELECT count(*) FROM payment p
                          LEFT JOIN by_kind b ON b.transaction_id = p.transaction_id
                               AND b.kind = CASE p.outcome WHEN 'paid' THEN 'paid' ELSE 'available' END
                         WHERE b.fen IS DISTINCT FROM p.amount_fen)
                       + (SELECT count(*) FROM payment_reversal v
                            JOIN payment p ON p.id = v.payment_id
                            LEFT JOIN by_kind b ON b.transaction_id = v.transaction_id
                                 AND b.kind = CASE v.kind WHEN 'returned' THEN 'paid' ELSE 'available' END
                            LEFT JOIN by_kind r ON r.transaction_id = v.transaction_id
                                 AND r.kind = 'receivable' AND v.kind = 'returned'
                           WHERE coalesce(b.fen, 0) + coalesce(r.fen, 0) <> -p.amount_fen) AS payments_off,
                       (%s) AS cases_off,
                       (%s) AS filings_off
                """.formatted(CASES_OFF, FILINGS_OFF))
                .map(row -> check(row.get("total", String.class), row.get("transactions", Long.class),
                        row.get("entries", Long.class), row.get("unbalanced", Long.class),
                        row.get("accounts_off", Long.class), row.get("over_budget", Long.class),
                        row.get("payments_off", Long.class), row.get("cases_off", Long.class),
                        row.get("filings_off", Long.class)))
                .one();
    }

    private static Check check(String total, long transactions, long entries, long unbalanced, long accountsOff,
            long overBudget, long paymentsOff, long casesOff, long filingsOff) {
        return new Check(total, transactions, entries, unbalanced, accountsOff, overBudget, paymentsOff, casesOff,
                filingsOff, total.equals("0")
                        && unbalanced + accountsOff + overBudget + paymentsOff + casesOff + filingsOff == 0);
    }
}
