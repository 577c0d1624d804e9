package cn.cityapis.subsidy.property;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Replica;
import cn.cityapis.subsidy.SubsidyApplication;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Clients at two replicas do at random what offices, citizens and a bank can do; meanwhile replicas are killed,
 * connections to the database cut and months pass. Whatever happened: the ledger adds up to zero, no budget was ever
 * overdrawn, the bank was never told to pay a month twice, and nothing that was acknowledged is lost or done twice. How
 * many operations: -Dproperty.operations; how long at most: -Dproperty.minutes.
 */
class LedgerPropertyTest {

    private static final int CLIENTS = 12;
    private static final int SHORT = 1_000;

    private final int operations = Integer.getInteger("property.operations", SHORT);
    private final Duration most = Duration.ofMinutes(Integer.getInteger("property.minutes", 600));
    private final long seed = Long.getLong("property.seed", System.nanoTime());
    private final Told told = new Told();
    private final Bank bank = new Bank();

    @TempDir
    Path folder;
    private Town town;
    private volatile long end;
    private List<Replica> replicas;
    private Office office;

    @BeforeEach
    void open() throws Exception {
        town = new Town(folder);
        replicas = List.of(replica(), replica());
        for (Replica replica : replicas) {
            replica.start();
        }
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
        office = new Office(replicas);
        Insurers insurers = new Insurers(office, town, told, new Random(seed));
        insurers.open();
        // what a short run would come to by chance only
        insurers.payOne();
        new Client(office, town, told, bank, seed, 1).claimOne();
        office.answers.set(0);
    }

    private Replica replica() {
        return new Replica(SubsidyApplication.class, town.database, folder, "--DEV_CLOCK_FILE=" + town.clock,
                "--subsidy.bank=file", "--subsidy.jobs.every=PT0.5S");
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    @Test
    void addsUpWhateverHappens() throws Exception {
        long begin = System.nanoTime();
        int kills = work();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(1_500); // a job that was cut off has come to its end
        System.out.printf("seed %d: %d operations in %.0f s, %d kills of a replica, %d calls repeated, %d entries, "
                + "%d months paid, %d taken out before sending, %d failed at the bank, %d returned, "
                + "%d reopened, %d paid to insurers and %d sent back, %d clawbacks, %d withdrawals, statuses %s%n",
                seed,
                office.answers.get(),
                seconds, kills, office.repeats.get(), town.database.number("select count(*) from ledger_entry"),
                town.database.number("select count(*) from payment where outcome = 'paid'"),
                town.database.number("select count(*) from payment_item where taken_line is not null"),
                bank.transfers.values().stream().filter(arrived -> !arrived).count(), told.returns.size(),
                told.reopenings.size(), told.paidToInsurers.size(), told.returnedByInsurers.size(),
                told.clawbacks.size(),
                told.withdrawals.size(), office.statuses);
        assertThat(town.database.number("select count(*) from payment where outcome = 'paid'")).isPositive();
        assertThat(town.database.number("select count(*) from clawback")).isPositive();
        assertThat(town.database.number("select count(*) from ledger_transaction where filing_id is not null "
                + "and kind = 'payment'")).isPositive();
        theLedgerAddsUp();
        nothingIsPaidTwice();
        nothingAcknowledgedIsLostOrDoneTwice();
        nothingHangs();
        theCheckCatchesPlantedFaults();
    }

    private int work() throws Exception {
        end = System.nanoTime() + most.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Client client = new Client(office, town, told, bank, seed + i, operations > SHORT ? 12 : 3);
                Callable<Void> work = () -> {
                    try {
                        while (office.answers.get() < operations && System.nanoTime() < end) {
                            client.step();
                        }
                    } catch (RuntimeException failed) {
                        end = System.nanoTime();
                        throw failed;
                    }
                    return null;
                };
                clients.add(threads.submit(work));
            }
            int kills = disturb(clients);
            for (Future<?> client : clients) {
                client.get(5, TimeUnit.MINUTES);
            }
            return kills;
        }
    }

    /** Ten days pass each 100 operations in the short form, each 400 in the long; a replica is killed each 4,000. */
    private int disturb(List<Future<?>> clients) throws Exception {
        Random random = new Random(seed);
        int step = operations > SHORT ? 400 : 100;
        int round = Math.min(4_000, operations / 2);
        int kills = 0;
        for (long next = step; next < operations; next += step) {
            if (!await(next, clients)) {
                return kills;
            }
            town.daysPass();
            town.database.cutConnections();
            if (next % round == 0) {
                Replica victim = replicas.get(random.nextInt(replicas.size()));
                victim.kill();
                kills++;
                victim.start();
                victim.awaitReady();
            }
        }
        return kills;
    }

    /** Whether so many answers have come before the clients were done. */
    private boolean await(long answers, List<Future<?>> clients) throws InterruptedException {
        while (office.answers.get() < answers && clients.stream().noneMatch(Future::isDone)) {
            Thread.sleep(5);
        }
        return office.answers.get() >= answers;
    }

    private JsonNode check() throws InterruptedException {
        return office.get(new Random(seed), Town.CITY, "/ledger/check").body();
    }

    /** Added up again by the service and, apart from it, here: at the end and after each entry. */
    private void theLedgerAddsUp() throws Exception {
        assertThat(check().path("consistent").asBoolean()).as(check().toPrettyString()).isTrue();
        assertThat(town.database.number("select sum(amount_fen) from ledger_entry")).isZero();
        assertThat(town.database.strings("""
                select account_id::text from (
                    select e.account_id, a.kind, sum(e.amount_fen) over (partition by e.account_id order by e.id) as held
                      from ledger_entry e join ledger_account a on a.id = e.account_id) run
                where kind <> 'source' and held < 0
                """)).as("accounts that were ever overdrawn").isEmpty();
        assertThat(town.database.strings("""
                select t.kind from ledger_transaction t join ledger_entry e on e.transaction_id = t.id
                join ledger_account a on a.id = e.account_id
                where t.kind = 'commitment' group by t.id, t.kind
                having min(a.budget_year) <> max(a.budget_year) or count(distinct a.party) < 2
                """)).as("commitments without both shares").isEmpty();
    }

    /** By the bank's own books: what arrived, for whom and which month. */
    private void nothingIsPaidTwice() throws Exception {
        assertThat(town.database.strings("""
                select application_id::text from payment p
                where not exists (select 1 from payment_reversal v where v.payment_id = p.id)
                group by application_id, month having count(*) > 1
                """)).as("months settled twice").isEmpty();
        Map<String, Integer> arrived = new HashMap<>();
        town.database.strings("select application_id || ' ' || month || ' ' || id from payment_item").forEach(row -> {
            String[] cells = row.split(" ");
            if (Boolean.TRUE.equals(bank.transfers.get(cells[2]))) {
                arrived.merge(cells[0] + " " + cells[1], 1, Integer::sum);
            }
        });
        assertThat(arrived.values()).as("months paid by the bank").allMatch(times -> times == 1);
        assertThat(arrived.keySet()).as("what the ledger says was paid, the bank has paid").containsAll(
                town.database.strings("select application_id || ' ' || month from payment where outcome = 'paid' "
                        + "and id not in (select payment_id from payment_reversal)"));
        assertThat(town.database
                .strings("select id::text from payment_item where state in ('failed', 'retried', 'released')"))
                .as("what arrived was never sent again").noneMatch(id -> bank.transfers.getOrDefault(id, false));
        assertThat(town.database.strings("select id::text from payment_item where taken_line is not null"))
                .as("what was taken out never came to the bank").noneMatch(bank.transfers::containsKey);
        assertThat(
                town.database.strings(
                        "select r.id::text from payment_run r where r.state <> 'created' and (items <> (select count(*) from payment_item i "
                                + "where i.run_id = r.id and line is not null) or total_fen <> (select coalesce(sum(amount_fen), 0) "
                                + "from payment_item i where i.run_id = r.id and line is not null))"))
                .as("runs that are not what their payments are").isEmpty();
    }

    private void nothingAcknowledgedIsLostOrDoneTwice() throws SQLException {
        assertThat(town.database.strings("select id::text from application"))
                .containsExactlyInAnyOrderElementsOf(told.applications);
        assertThat(town.database.strings("select id::text from application where state = 'withdrawn'"))
                .containsExactlyInAnyOrderElementsOf(told.withdrawals);
        assertThat(town.database.strings("select application_id || ' ' || level from review"))
                .containsExactlyInAnyOrderElementsOf(told.reviews);
        assertThat(town.database.strings("select id::text from ledger_transaction where kind = 'appropriation'"))
                .containsExactlyInAnyOrderElementsOf(told.appropriations);
        assertThat(town.database.strings("select reverses::text from ledger_transaction where kind = 'reversal'"))
                .containsExactlyInAnyOrderElementsOf(told.reversals);
        assertThat(town.database.strings("select id::text from payment_run where kind = 'retry'"))
                .containsExactlyInAnyOrderElementsOf(told.retries);
        assertThat(town.database.strings("select id::text from payment_item where state = 'released'"))
                .containsExactlyInAnyOrderElementsOf(told.releases);
        assertThat(town.database.strings("select p.item_id::text from payment_reversal v join payment p "
                + "on p.id = v.payment_id where v.kind = 'returned'"))
                .containsExactlyInAnyOrderElementsOf(told.returns);
        assertThat(town.database.strings("select r.id::text from month_reopening r join payment_reversal v "
                + "on v.payment_id = r.payment_id and v.kind = 'reopened' where r.decision = 'approved'"))
                .containsExactlyInAnyOrderElementsOf(told.reopenings);
        assertThat(town.database.strings("select id::text from clawback"))
                .containsExactlyInAnyOrderElementsOf(told.clawbacks);
        assertThat(town.database.strings("select bank_reference from repayment"))
                .containsExactlyInAnyOrderElementsOf(told.repayments);
        assertThat(town.database.strings("select filing_id::text from ledger_transaction where kind = 'transfer'"))
                .containsExactlyInAnyOrderElementsOf(told.handed);
        for (Map.Entry<String, Set<String>> kind : Map.of("payment", told.paidToInsurers, "return",
                told.returnedByInsurers).entrySet()) {
            assertThat(town.database.number("select count(*) from ledger_transaction where filing_id is not null "
                    + "and kind = '" + kind.getKey() + "'")).as(kind.getKey()).isEqualTo(kind.getValue().size());
        }
        assertThat(town.database.strings("select id::text from payment_run where sent_at is not null"))
                .containsExactlyInAnyOrderElementsOf(told.sent);
        assertThat(town.database.strings("select id::text from payment_run where state = 'cancelled'"))
                .containsExactlyInAnyOrderElementsOf(told.cancelled);
        assertThat(town.database.strings("select id::text from payment_run where replied_at is not null"))
                .containsExactlyInAnyOrderElementsOf(told.replied);
    }

    private void nothingHangs() throws SQLException {
        assertThat(town.database.number("select count(*) from pg_stat_activity where datname = current_database() "
                + "and state like 'idle in transaction%' and now() - state_change > interval '10 seconds'")).isZero();
    }

    /** A row made false, and made true again. */
    private record Fault(String table, String victims, String planted, String undone) {

        String plant(String id) {
            return "update " + table + " set " + planted + " where id = '" + id + "'";
        }

        String undo(String id) {
            return "update " + table + " set " + undone + " where id = '" + id + "'";
        }
    }

    /**
     * Behind the back of every constraint: each fault must show, and be gone when it is undone. A short run can end
     * with each payment come back and no case left to pay; accounts, entries and payments there always are.
     */
    private void theCheckCatchesPlantedFaults() throws Exception {
        for (Replica replica : replicas.subList(1, 2)) {
            replica.kill();
        }
        List<String> planted = new ArrayList<>();
        for (Fault fault : List.of(
                new Fault("ledger_account", "kind = 'available'", "balance_fen = balance_fen + 1",
                        "balance_fen = balance_fen - 1"),
                new Fault("ledger_entry", "true", "amount_fen = amount_fen + 1", "amount_fen = amount_fen - 1"),
                new Fault("payment", "outcome = 'paid'", "amount_fen = amount_fen + 1", "amount_fen = amount_fen - 1"),
                new Fault("clawback", "true", "amount_fen = amount_fen + 1", "amount_fen = amount_fen - 1"),
                new Fault("payment_item", "state = 'paid'", "state = 'pending'", "state = 'paid'"),
                new Fault("application", "state = 'paying'", "next_month = next_month + interval '1 month'",
                        "next_month = next_month - interval '1 month'"))) {
            for (String victim : town.database.strings("select id::text from " + fault.table + " where "
                    + fault.victims + " order by id limit 1")) {
                plant(fault.plant(victim));
                assertThat(check().path("consistent").asBoolean()).as(fault.plant(victim)).isFalse();
                plant(fault.undo(victim));
                assertThat(check().path("consistent").asBoolean()).as(fault.undo(victim)).isTrue();
                planted.add(fault.table);
            }
        }
        System.out.println("faults planted and found in: " + planted);
        assertThat(planted).contains("ledger_account", "ledger_entry", "payment", "clawback");
    }

    private void plant(String sql) throws SQLException {
        StringBuilder all = new StringBuilder();
        List<String> tables = List.of("ledger_account", "ledger_entry", "payment", "clawback");
        tables.forEach(table -> all.append("alter table ").append(table).append(" disable trigger user;"));
        all.append(sql).append(";");
        tables.forEach(table -> all.append("alter table ").append(table).append(" enable trigger user;"));
        town.database.execute(all.toString());
    }
}
