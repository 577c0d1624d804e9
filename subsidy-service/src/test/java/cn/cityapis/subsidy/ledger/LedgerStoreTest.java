package cn.cityapis.subsidy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The database as the last guard of the money. */
@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class LedgerStoreTest {

    @Autowired
    private Ledger ledger;
    @Autowired
    private LedgerReport report;
    @Autowired
    private DatabaseClient database;
    @Autowired
    private TransactionalOperator transaction;

    private static Budget budget(Party party) {
        return new Budget("test-" + UUID.randomUUID(), 2026, party, party == Party.CITY ? "371000" : "371002");
    }

    private Mono<UUID> book(Booking booking) {
        return ledger.book(booking, Cause.NONE, "test", "test").as(transaction::transactional);
    }

    private void sql(String... statements) {
        Flux.fromArray(statements).concatMap(text -> database.sql(text).then()).then().as(transaction::transactional)
                .block();
    }

    @Test
    void movesMoneyAndAddsUp() {
        Budget city = budget(Party.CITY);
        book(Booking.appropriation(city, new Fen(1_000))).block();
        book(Booking.commitment(Map.of(city, new Fen(600)))).block();
        book(Booking.transmission(Map.of(city, new Fen(300)))).block();
        book(Booking.payment(Map.of(city, new Fen(250)))).block();
        book(Booking.returned(Map.of(city, new Fen(50)))).block();
        book(Booking.clawback(Map.of(city, new Fen(100)))).block();
        book(Booking.repayment(Map.of(city, new Fen(40)))).block();
        book(Booking.release(Map.of(city, new Fen(350)))).block();
        assertThat(ledger.available(city.scheme(), 2026).block()).containsExactly(Map.entry(city, new Fen(790)));
        assertThat(report.check().block()).matches(LedgerReport.Check::consistent);
    }

    @Test
    void isReversedOnceAndOnlyWhileTheMoneyIsThere() {
        Budget city = budget(Party.CITY);
        UUID wrong = book(Booking.appropriation(city, new Fen(1_000))).block();
        UUID spent = book(Booking.appropriation(city, new Fen(500))).block();
        assertThat(ledger.reverse(wrong, "x", "x").as(transaction::transactional).block()).isNotNull();
        assertThat(ledger.available(city.scheme(), 2026).block()).containsExactly(Map.entry(city, new Fen(500)));
        assertThatThrownBy(() -> ledger.reverse(wrong, "x", "x").as(transaction::transactional).block())
                .hasMessageContaining("ledger_");
        book(Booking.commitment(Map.of(city, new Fen(1)))).block();
        assertThatThrownBy(() -> ledger.reverse(spent, "x", "x").as(transaction::transactional).block())
                .hasMessageContaining("ledger_never_over_budget");
        assertThat(report.check().block()).matches(LedgerReport.Check::consistent);
    }

    @Test
    void neverOverTheBudget() {
        Budget city = budget(Party.CITY);
        book(Booking.appropriation(city, new Fen(1_000))).block();
        assertThatThrownBy(() -> book(Booking.commitment(Map.of(city, new Fen(1_001)))).block())
                .isInstanceOf(DataIntegrityViolationException.class).hasMessageContaining("ledger_never_over_budget");
        assertThatThrownBy(() -> book(Booking.payment(Map.of(city, new Fen(1)))).block())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(ledger.available(city.scheme(), 2026).block()).containsExactly(Map.entry(city, new Fen(1_000)));
    }

    @Test
    void aTransactionThatDoesNotAddUpIsRefusedAtCommit() {
        Budget city = budget(Party.CITY);
        book(Booking.appropriation(city, new Fen(1_000))).block();
        UUID id = UUID.randomUUID();
        String entry = "INSERT INTO ledger_entry (transaction_id, account_id, amount_fen) SELECT '" + id
                + "', id, %d FROM ledger_account WHERE kind = '%s' AND scheme_id = '" + city.scheme() + "'";
        String head = "INSERT INTO ledger_transaction (id, kind, memo, booked_by, booked_at) VALUES ('" + id
                + "', 'payment', 'x', 'x', now())";
        assertThatThrownBy(() -> sql(head)).hasMessageContaining("0 entries");
        assertThatThrownBy(() -> sql(head, entry.formatted(5, "available"))).hasMessageContaining("add up to 5");
        assertThatThrownBy(() -> sql(head, entry.formatted(5, "available"), entry.formatted(-4, "source")))
                .hasMessageContaining("add up to 1");
        sql(head, entry.formatted(5, "available"), entry.formatted(-5, "source"));
        assertThatThrownBy(() -> sql(entry.formatted(5, "available"), entry.formatted(-5, "source")))
                .hasMessageContaining("is closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE ledger_entry SET amount_fen = amount_fen + 1", "DELETE FROM ledger_entry",
            "UPDATE ledger_transaction SET memo = 'x'", "TRUNCATE ledger_entry CASCADE",
            "UPDATE ledger_account SET balance_fen = balance_fen + 1", "DELETE FROM ledger_account",
            "DELETE FROM review",
            "DELETE FROM payment", "UPDATE scheme_version SET document = '{}'", "DELETE FROM application_facts"})
    void whatIsWrittenStays(String change) {
        book(Booking.appropriation(budget(Party.CITY), new Fen(1_000))).block();
        assertThatThrownBy(() -> sql(change)).isInstanceOf(Exception.class);
    }

    @Test
    void entriesMustAddUpBeforeTheyAreWritten() {
        Budget city = budget(Party.CITY);
        assertThatThrownBy(() -> new Booking(Booking.Type.PAYMENT,
                List.of(new Booking.Line(city.account(AccountKey.Kind.PAID), new Fen(1)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Booking.payment(Map.of(city, Fen.ZERO))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Many writers at once on the same two budgets: what is refused leaves nothing, the rest adds up. */
    @Test
    void addsUpAfterManyConcurrentBookings() {
        Budget city = budget(Party.CITY);
        Budget district = new Budget(city.scheme(), 2026, Party.DISTRICT, "371002");
        book(Booking.appropriation(city, new Fen(20_000))).block();
        book(Booking.appropriation(district, new Fen(20_000))).block();
        Random random = new Random(42);
        Flux.range(0, 600).map(n -> random(random, city, district))
                .flatMap(
                        booking -> book(booking).then(Mono.just(1)).onErrorResume(DataIntegrityViolationException.class,
                                refused -> Mono.just(0)),
                        8)
                .reduce(Integer::sum).doOnNext(written -> assertThat(written).isBetween(100, 599)).block();
        LedgerReport.Check check = report.check().block();
        assertThat(check).as("%s", check).matches(LedgerReport.Check::consistent);
    }

    private static Booking random(Random random, Budget city, Budget district) {
        Map<Budget, Fen> shares = new LinkedHashMap<>();
        (random.nextBoolean() ? List.of(city, district) : List.of(district, city))
                .forEach(budget -> shares.put(budget, new Fen(1 + random.nextInt(900))));
        return switch (random.nextInt(3)) {
            case 0 -> Booking.transmission(shares);
            case 1 -> Booking.release(shares);
            default -> Booking.commitment(shares);
        };
    }
}
