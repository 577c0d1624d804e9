package cn.cityapis.eldercare.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen clients at two replicas do at random what can be done; meanwhile replicas are killed, connections to the
 * database cut and days pass. Whatever happened: no bed is given away twice, every offer kept the order, nothing that was
 * acknowledged is lost or done twice, and every deadline is acted on. How many operations: -Dproperty.operations; how long
 * at most: -Dproperty.minutes.
 */
class WaitingListPropertyTest {

    private static final int CLIENTS = 16;
    private static final int SHORT = 1_000;

    private final int operations = Integer.getInteger("property.operations", SHORT);
    private final Duration most = Duration.ofMinutes(Integer.getInteger("property.minutes", 600));
    private final long seed = Long.getLong("property.seed", System.nanoTime());
    private final Ledger ledger = new Ledger();

    @TempDir
    Path folder;
    private City city;
    private volatile long end;
    private List<Replica> replicas;
    private Office office;

    @BeforeEach
    void open() throws Exception {
        city = new City(folder);
        replicas = List.of(new Replica(city.database, folder, city.clock),
                new Replica(city.database, folder, city.clock));
        // the first brings the tables; then the other starts beside it
        for (Replica replica : replicas) {
            replica.start();
        }
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
        city.furnish();
        office = new Office(replicas);
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    @Test
    void holdsWhateverHappens() throws Exception {
        long begin = System.nanoTime();
        int kills = work();
        double seconds = (System.nanoTime() - begin) / 1e9;
        letDeadlinesPass();
        System.out.printf("seed %d: %d operations in %.0f s, %d kills of a replica, %d calls repeated, %d offers, "
                + "%d lapsed, %d admitted, statuses %s%n", seed, office.answers.get(), seconds, kills,
                office.repeats.get(), city.number("select count(*) from offer"),
                city.number("select count(*) from offer where state = 'LAPSED'"),
                city.number("select count(*) from offer where state = 'COMPLETED'"), office.statuses);
        nothingIsGivenTwice();
        nothingAcknowledgedIsLostOrDoneTwice();
        theOrderWasKept();
        nothingHangs();
    }

    private int work() throws Exception {
        end = System.nanoTime() + most.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Client client = new Client(office, city, ledger, seed + i, operations > SHORT ? 8 : 2);
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

    /** A replica is killed each 4,000 operations, or once; connections are cut and a day passes between. */
    private int disturb(List<Future<?>> clients) throws Exception {
        Random random = new Random(seed);
        int round = Math.min(4_000, operations);
        int kills = 0;
        for (long next = round / 2; next < operations; next += round) {
            await(next - round / 4, clients);
            city.cutConnections();
            city.nextDay();
            if (!await(next, clients)) {
                return kills;
            }
            Replica victim = replicas.get(random.nextInt(replicas.size()));
            victim.kill();
            kills++;
            if (next + round < operations || operations > SHORT) {
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

    /** 第二十四条: twelve days on, no offer that was not taken in hand is left. */
    private void letDeadlinesPass() throws Exception {
        for (int day = 0; day < 12; day++) {
            city.nextDay();
        }
        String overdue = "select count(*) from offer where state in ('OPEN', 'ACCEPTED') and move_in_by < date '"
                + city.now().toString().substring(0, 10) + "'";
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (city.number(overdue) > 0) {
            assertThat(System.nanoTime()).as("offers lapse by themselves").isLessThan(end);
            Thread.sleep(100);
        }
    }

    private void nothingIsGivenTwice() throws SQLException {
        assertThat(city.strings("""
                select bed_id::text from offer where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED')
                group by bed_id having count(*) > 1
                union all select application_id::text from offer where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED', 'COMPLETED')
                group by application_id having count(*) > 1
                """)).as("live offers of one bed, or of one applicant").isEmpty();
        assertThat(city.strings("""
                select v.bed ->> 'bedId' from queue_event v join queue_event w
                  on w.home_id = v.home_id and w.kind = 'OFFERED' and w.seq > v.seq and w.bed ->> 'bedId' = v.bed ->> 'bedId'
                where v.kind = 'OFFERED' and not exists (
                    select 1 from queue_event c where c.entry_id = v.entry_id and c.seq > v.seq and c.seq < w.seq
                      and c.phase <> 'OFFERED')
                """)).as("a bed offered again before its offer had ended").isEmpty();
        assertThat(city.strings("""
                select b.label from bed b where (b.state in ('OFFERED', 'RESERVED')) <> exists (
                    select 1 from offer o where o.bed_id = b.id and o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED'))
                """)).as("beds that are not what their offers say").isEmpty();
        assertThat(city.strings("""
                select e.id::text from queue_entry e where (e.phase = 'OFFERED') <> exists (
                    select 1 from offer o where o.entry_id = e.id and o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED'))
                union all select e.id::text from queue_entry e join application a on a.id = e.application_id
                where e.ended_at is null and not a.live
                """)).as("entries that are not what their offers and applications say").isEmpty();
        Map<String, Integer> residents = new HashMap<>();
        city.strings("select bed_id::text from offer where state = 'COMPLETED'")
                .forEach(bed -> residents.merge(bed, 1, Integer::sum));
        ledger.vacated.forEach((bed, times) -> residents.merge(bed, -times, Integer::sum));
        residents.values().removeIf(left -> left == 0);
        assertThat(residents.values()).as("moved in less moved out, by bed").allMatch(left -> left == 1);
        assertThat(residents.keySet()).containsExactlyInAnyOrderElementsOf(
                city.strings("select id::text from bed where state = 'OCCUPIED'"));
    }

    private void nothingAcknowledgedIsLostOrDoneTwice() throws SQLException {
        assertThat(city.strings("select id::text from application")).containsAll(ledger.applications);
        assertThat(city.strings("select id::text from material"))
                .containsExactlyInAnyOrderElementsOf(ledger.materials);
        assertThat(city.strings("select id::text from offer")).containsAll(ledger.offers);
        Map<String, Integer> stored = new HashMap<>();
        city.strings("select application_id || ' ' || kind from decision")
                .forEach(each -> stored.merge(each, 1, Integer::sum));
        Map<String, Integer> wrong = new HashMap<>();
        ledger.decisions.forEach((each, times) -> {
            if (!times.equals(stored.get(each))) {
                wrong.put(each, stored.getOrDefault(each, 0) - times);
            }
        });
        assertThat(wrong).as("decisions stored less decisions acknowledged").isEmpty();
    }

    /** The replay of each home's log, over HTTP; and positions as a plain count gives them. */
    private void theOrderWasKept() throws Exception {
        long offers = 0;
        for (int number = 0; number < City.HOMES; number++) {
            Office.Answer proof = office.get(new Random(seed), City.operator(City.home(number)),
                    "/homes/" + City.home(number) + "/fairness-check");
            assertThat(proof.body().path("violations")).as(proof.body().path("violations").toPrettyString()).isEmpty();
            assertThat(proof.body().path("fair").asBoolean()).isTrue();
            offers += proof.body().path("offers").asLong();
        }
        assertThat(offers).isEqualTo(city.number("select count(*) from offer")).isPositive();
        assertThat(city.strings("""
                select home_id || ' ' || channel_rank from (
                    select home_id, channel_rank, count(*) as waiting from queue_entry where ended_at is null group by 1, 2) plain
                full join (select home_id, channel_rank, waiting from queue_count where bits = 63 and waiting > 0) counted
                  using (home_id, channel_rank, waiting)
                where plain is null or counted is null
                """)).as("counters that differ from a count").isEmpty();
    }

    private void nothingHangs() throws SQLException {
        assertThat(city.number("select count(*) from pg_stat_activity where datname = current_database() "
                + "and state like 'idle in transaction%' and now() - state_change > interval '10 seconds'")).isZero();
    }
}
