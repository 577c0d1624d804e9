package cn.cityapis.bench.pharmacy;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.Pace;
import cn.cityapis.bench.Pgbench;
import cn.cityapis.bench.Pace.Measured;
import cn.cityapis.bench.Report;
import cn.cityapis.bench.Scratch;
import cn.cityapis.bench.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What can be timed of pharmacy-service's table, in one run: first at the city's size, then at a thousand times it. */
public final class PharmacyBenchmark {

    /** So that the slowest hundredth is thirty answers at the usual rate, not seven. */
    private static final int ROUNDS_OF_LATENCY = 4;

    private final Options options;
    private final Report report = new Report("pharmacy", "Pharmacy: the nearest with a medicine, and reports of stock");
    private final Service service;
    private final City city;
    private final BareNearest bare;

    private PharmacyBenchmark(Options options, Database database, Service service, Path folder) {
        this.options = options;
        this.service = service;
        this.city = new City(database);
        this.bare = new BareNearest(new Pgbench(database, folder));
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        try (Scratch scratch = Scratch.open("pharmacy", Optional.empty());
                Database database = new Database(scratch.folder().resolve("postgres"), "pharmacy");
                Service service = new Service(options.project(), scratch.folder(), database)) {
            new PharmacyBenchmark(options, database, service, scratch.folder()).run();
        }
    }

    private void run() throws Exception {
        service.awaitReady();
        city.open();
        Measured few = ask(City.COMMON, City.REAL);
        report.add(Target.atMost("nearest 20 over HTTP, p99, 1,400 institutions", 15, few.millis(99), " ms",
                described(few)));
        againstBare(City.REAL);
        stock();
        city.growTo(options.institutions());
        Measured many = ask(City.COMMON, options.institutions());
        report.add(Target.atMost("nearest 20 over HTTP, p99, %,d against 1,400".formatted(options.institutions()), 2,
                many.millis(99) / few.millis(99), " ×", "%.2f ms against %.2f ms; %s".formatted(many.millis(99),
                        few.millis(99), described(many))));
        Measured rare = ask(City.RARE, options.institutions());
        report.add(Target.atMost("a medicine that 10 of %,d have, p99".formatted(options.institutions()), 15,
                rare.millis(99), " ms", described(rare)));
        againstBare(options.institutions());
        System.out.println(report.text(options.project()));
        if (options.write()) {
            report.write(options.project());
        }
    }

    private String path(UUID medicine, int count) {
        Random random = new Random(count);
        return String.format(Locale.ROOT, "/pharmacies/nearby?lat=%.4f&lon=%.4f&coordType=wgs84&drugId=%s",
                random.nextDouble(City.SOUTH, City.NORTH), random.nextDouble(City.WEST, City.EAST), medicine);
    }

    private Pace.Ask asking(UUID medicine) {
        return count -> service.answers(Service.Role.APP, path(medicine, count));
    }

    /** Everybody asks from another point; it is measured once it is warm. */
    private Measured ask(UUID medicine, int institutions) throws Exception {
        Pace.steady(options.askers(), Duration.ofSeconds(options.seconds()), asking(medicine));
        Measured measured = Pace.open(options.rate(), Duration.ofSeconds((long) options.seconds() * ROUNDS_OF_LATENCY),
                asking(medicine));
        report.note("GET /pharmacies/nearby, %,d institutions, %s: %s", institutions,
                medicine.equals(City.RARE) ? "rare medicine" : "common medicine", described(measured));
        return measured;
    }

    private String described(Measured measured) {
        return "open loop, %d/s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, %d of %d failed".formatted(options.rate(),
                measured.millis(50), measured.millis(99), measured.millis(99.9), measured.failed(),
                measured.nanos().getTotalCount());
    }

    /** In turn, twice each, so that both meet the same machine; the first round of each only warms up. */
    private void againstBare(int institutions) throws Exception {
        double mine = 0;
        double other = 0;
        for (int round = 0; round < 2; round++) {
            mine = Pace.closed(options.askers(), Duration.ofSeconds(options.seconds()), asking(City.COMMON)).aSecond();
            other = bare.aSecond(City.COMMON, options.askers(), options.seconds());
        }
        report.add(Target.atLeast(
                "nearest 20 a second against the bare query, %,d institutions".formatted(institutions),
                0.7, mine / other, " ×", "%.0f/s over HTTP against %.0f/s of pgbench, %d at once".formatted(mine, other,
                        options.askers())));
    }

    /** Whole files of a chain's stores, each newer than the one before; the first only warms up. */
    private void stock() throws Exception {
        long lines = 0;
        double seconds = 0;
        OffsetDateTime at = OffsetDateTime.now().minusHours(2);
        for (int file = 0; file <= options.files(); file++) {
            byte[] csv = csv(file, at.plusSeconds(file));
            long begin = System.nanoTime();
            JsonNode outcome = service.upload(Service.Role.CHAIN, "/stock-imports/csv", "text/csv", csv);
            double took = (System.nanoTime() - begin) / 1e9;
            if (outcome.path("applied").asInt() != options.lines()) {
                throw new IllegalStateException("not all was taken: " + outcome);
            }
            if (file > 0) {
                lines += options.lines();
                seconds += took;
            }
        }
        report.add(Target.atLeast("lines of stock reports a second", 20_000, lines / seconds, "/s",
                "%d CSV files of %,d lines, one after the other, over HTTP".formatted(options.files(),
                        options.lines())));
    }

    private byte[] csv(int file, OffsetDateTime at) {
        StringBuilder csv = new StringBuilder("storeId,drugId,quantity,retailPriceFen,reportedAt\n");
        for (int i = 0; i < options.lines(); i++) {
            csv.append(City.place(1 + i / City.MEDICINES)).append(',').append(City.drug(1 + i % City.MEDICINES))
                    .append(',').append(1 + (i + file) % 40).append(",735,").append(at).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
