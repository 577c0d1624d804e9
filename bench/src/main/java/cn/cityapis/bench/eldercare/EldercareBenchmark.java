package cn.cityapis.bench.eldercare;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.Pace;
import cn.cityapis.bench.Pace.Measured;
import cn.cityapis.bench.Pgbench;
import cn.cityapis.bench.Report;
import cn.cityapis.bench.Scratch;
import cn.cityapis.bench.Target;

/** What can be timed of eldercare-service's table, in one run. */
public final class EldercareBenchmark {

    private static final int ASKED = 50;
    private static final int ROUNDS = 2;

    private final Options options;
    private final Report report = new Report("eldercare", "Eldercare: positions and offers");
    private final Database database;
    private final Service service;
    private final Homes homes;
    private final Path folder;

    private EldercareBenchmark(Options options, Database database, Service service, Path folder) {
        this.options = options;
        this.database = database;
        this.service = service;
        this.homes = new Homes(database);
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        try (Scratch scratch = Scratch.open("eldercare", Optional.empty());
                Database database = new Database(scratch.folder().resolve("postgres"), "eldercare");
                Service service = new Service(options.project(), scratch.folder(), database)) {
            new EldercareBenchmark(options, database, service, scratch.folder()).run();
        }
    }

    private void run() throws Exception {
        service.awaitReady();
        // each home for offers is used up in one round; the first round of each warms up
        int offerHomes = 2 * (ROUNDS + 1) * homesOfRound();
        homes.open(offerHomes);
        UUID applicant = Applicant.waiting(service, Homes.id(Homes.SMALL));
        homes.fill(options.waiting());
        positions(applicant);
        offers(applicant, offerHomes);
        System.out.println(report.text(options.project()));
        if (options.write()) {
            report.write(options.project());
        }
    }

    private void positions(UUID applicant) throws Exception {
        List<UUID> small = homes.copies(applicant, Homes.id(Homes.SMALL), ASKED);
        List<UUID> large = homes.copies(applicant, Homes.id(Homes.LARGE), ASKED);
        Measured few = ask(small, "1,000 in the home");
        Measured many = ask(large, "%,d in the home".formatted(options.waiting() / 10));
        report.add(Target.atMost("position over HTTP, p99", 10, many.millis(99), " ms", described(many) + "; "
                + waiting()));
        report.add(Target.atMost("position over HTTP, p50 against 1,000 waiting", 3, many.millis(50) / few.millis(50),
                " ×", "%.2f ms against %.2f ms".formatted(many.millis(50), few.millis(50))));
        report.note("the plain count that it replaces, over JDBC: p50 %.2f ms at 1,000, %.2f ms at %,d",
                plainCount(small).millis(50), plainCount(large).millis(50), options.waiting() / 10);
    }

    private String waiting() throws SQLException {
        return "%,d waiting in the home, %,d in all".formatted(
                database.number("select sum(waiting) from queue_count where bits = 63 and home_id = '"
                        + Homes.id(Homes.LARGE) + "'"),
                database.number("select sum(waiting) from queue_count where bits = 63"));
    }

    /** The whole answer about an application: state, position, expected wait, deadlines, decisions. */
    private Measured ask(List<UUID> applicants, String where) throws Exception {
        Pace.Ask ask = count -> service.answers(Service.Role.CITIZEN,
                "/applications/" + applicants.get(count % applicants.size()));
        Pace.steady(options.askers(), Duration.ofSeconds(options.seconds()), ask);
        Measured measured = Pace.open(options.rate(), Duration.ofSeconds(options.seconds()), ask);
        report.note("GET /applications/{id}, %s: %s", where, described(measured));
        return measured;
    }

    private String described(Measured measured) {
        return "open loop, %d/s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, %d of %d failed".formatted(options.rate(),
                measured.millis(50), measured.millis(99), measured.millis(99.9), measured.failed(),
                measured.nanos().getTotalCount());
    }

    private Measured plainCount(List<UUID> applicants) throws SQLException {
        try (Connection connection = database.open();
                PreparedStatement count = connection.prepareStatement("""
                        select count(*) from queue_entry e join queue_entry me on me.application_id = ? and me.home_id = e.home_id
                        where e.ended_at is null and (e.channel_rank, e.applied_at, e.id) < (me.channel_rank, me.applied_at, me.id)
                        """)) {
            return Pace.closed(1, Duration.ofSeconds(Math.min(options.seconds(), 5)), number -> {
                count.setObject(1, applicants.get(number % applicants.size()));
                try (ResultSet row = count.executeQuery()) {
                    return row.next();
                }
            });
        }
    }

    private int homesOfRound() {
        return (options.offers() + Homes.BEDS - 1) / Homes.BEDS;
    }

    /** In turn, so that both meet the same machine; the first round of each only warms up. */
    private void offers(UUID applicant, int offerHomes) throws Exception {
        for (int home = 0; home < offerHomes; home++) {
            homes.copies(applicant, Homes.id(Homes.FOR_OFFERS + home), Homes.BEDS);
        }
        database.run("vacuum analyze");
        BareOffer bare = new BareOffer(new Pgbench(database, folder));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        int first = Homes.FOR_OFFERS;
        for (int round = 0; round <= ROUNDS; round++) {
            ours.add(offersOfService(first));
            theirs.add(bare.aSecond(first + homesOfRound(), homesOfRound(), options.askers(), options.offers()));
            first += 2 * homesOfRound();
        }
        double mine = mean(ours);
        double other = mean(theirs);
        report.add(Target.atLeast("offers decided a second against bare SQL", 0.7, mine / other, " ×",
                "%.0f/s over HTTP against %.0f/s of pgbench, %d at once, %d rounds of %d in turn after one to warm up"
                        .formatted(mine, other, options.askers(), ROUNDS, options.offers())));
    }

    private static double mean(List<Double> rounds) {
        return rounds.stream().skip(1).mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private double offersOfService(int first) throws Exception {
        Queue<String[]> calls = new ConcurrentLinkedQueue<>();
        List<List<UUID>> beds = new ArrayList<>();
        for (int home = 0; home < homesOfRound(); home++) {
            beds.add(homes.beds(first + home));
        }
        for (int bed = 0; bed < Homes.BEDS; bed++) {
            for (int home = 0; home < beds.size(); home++) {
                calls.add(new String[]{Homes.id(first + home).toString(), beds.get(home).get(bed).toString()});
            }
        }
        int asked = calls.size();
        long begin = System.nanoTime();
        Measured measured = Pace.closed(options.askers(), Duration.ofMinutes(10), calls.size(), count -> {
            String[] call = calls.remove();
            service.done(Service.Role.HOME, "/homes/" + call[0] + "/offers", "application/json",
                    "{\"bedId\":\"" + call[1] + "\"}", null);
            return true;
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        report.note("%d offers over HTTP in %.1f s, p50 %.1f ms, p99 %.1f ms, %d failed", asked, seconds,
                measured.millis(50), measured.millis(99), measured.failed());
        return asked / seconds;
    }
}
