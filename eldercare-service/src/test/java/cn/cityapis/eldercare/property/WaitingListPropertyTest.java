package cn.cityapis.eldercare.property;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.EldercareApplication;
import cn.cityapis.platform.test.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
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
        replicas = List.of(replica(), replica());
        // the first brings the tables; then the other starts beside it
        for (Replica replica : replicas) {
            replica.start();
        }
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
        city.found();
        office = new Office(replicas);
    }

    private Replica replica() {
        return new Replica(EldercareApplication.class, city.database, folder, "--DEV_CLOCK_FILE=" + city.clock,
                "--eldercare.jobs.place-after=PT0S");
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
        Aftermath aftermath = new Aftermath(city, office, ledger);
        aftermath.letDeadlinesPass();
        System.out.printf("seed %d: %d operations in %.0f s, %d kills of a replica, %d calls repeated, statuses %s%n",
                seed, office.answers.get(), seconds, kills, office.repeats.get(), office.statuses);
        System.out.println(aftermath.summary());
        aftermath.check();
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

    /** A replica is killed each 4,000 operations, or once; days pass, connections are cut and homes closed between. */
    private int disturb(List<Future<?>> clients) throws Exception {
        Random random = new Random(seed);
        int round = Math.min(4_000, operations);
        int kills = 0;
        for (long next = round / 2; next < operations; next += round) {
            for (int quarter = 3; quarter > 0; quarter--) {
                await(next - quarter * round / 8, clients);
                city.nextDay();
            }
            city.database.cutConnections();
            if (kills % 5 == 0) {
                closeHome(random);
            }
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

    /** The oldest; in a long run another opens before. */
    private void closeHome(Random random) throws Exception {
        if (operations > SHORT) {
            city.furnish();
        }
        UUID home = city.shut();
        String path = "/homes/" + home;
        String etag = office.get(random, City.district(), path).etag();
        Office.Answer closed = office.post(random, City.district(), path + "/closure", Map.of("reason", "随机"), etag);
        assertThat(closed.done()).as(closed.toString()).isTrue();
        ledger.closed.add(home.toString());
    }

    /** Whether so many answers have come before the clients were done. */
    private boolean await(long answers, List<Future<?>> clients) throws InterruptedException {
        while (office.answers.get() < answers && clients.stream().noneMatch(Future::isDone)) {
            Thread.sleep(5);
        }
        return office.answers.get() >= answers;
    }
}
