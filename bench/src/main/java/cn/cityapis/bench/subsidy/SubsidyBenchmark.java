package cn.cityapis.bench.subsidy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.Pace;
import cn.cityapis.bench.Pace.Measured;
import cn.cityapis.bench.Report;
import cn.cityapis.bench.Scratch;
import cn.cityapis.bench.Target;
import cn.cityapis.bench.Wire;
import tools.jackson.databind.json.JsonMapper;

/** The rows of subsidy-service's table about rules: entitlement, the batch, Drools; in one run. */
public final class SubsidyBenchmark {

    static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final String TITLE = "Subsidy: entitlement, batch, Drools";

    private final Options options;
    private final Report report = new Report("subsidy", TITLE);
    private final Service service;

    private SubsidyBenchmark(Options options, Service service) {
        this.options = options;
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        if (options.rulesOnly()) {
            new RulesBesideDrools(options.rules()).run(new Report("subsidy", TITLE));
            return;
        }
        try (Scratch scratch = Scratch.open("subsidy", Optional.empty());
                Database database = new Database(scratch.folder().resolve("postgres"), "subsidy");
                Service service = new Service(options.project(), scratch.folder(), database)) {
            new SubsidyBenchmark(options, service).run();
        }
    }

    private void run() throws Exception {
        service.awaitReady();
        entitlement("person", new People(11)::person, "all schemes for persons");
        entitlement("company", new Companies(service, 12)::company, "all schemes for companies");
        batch();
        persisted();
        new RulesBesideDrools(options.rules()).run(report);
        System.out.println(report.text(options.project()));
        if (options.write()) {
            report.write(options.project());
        }
    }

    private void entitlement(String kind, IntFunction<String> applicant, String what) throws Exception {
        List<byte[]> bodies = IntStream.range(0, 500).mapToObj(applicant)
                .map(line -> line.substring(line.indexOf("\"facts\""), line.lastIndexOf('}')))
                .map(facts -> "{\"asOf\":\"" + DAY + "\",\"applicantKind\":\"" + kind + "\"," + facts + "}")
                .map(body -> body.getBytes(StandardCharsets.UTF_8)).toList();
        Duration time = Duration.ofSeconds(options.seconds());
        Pace.Ask ask = count -> service.answers(Wire.post("/api/subsidy/v1/entitlements", service.token(Service.APP),
                "application/json", bodies.get(count % bodies.size())));
        Measured most = Pace.steady(options.askers(), time, ask);
        // beyond what is reached only a queue would be measured
        int rate = Math.min(options.rate(), (int) (most.aSecond() / 2));
        Measured steady = Pace.open(rate, time, ask);
        report.add(Target.atLeast("entitlement over HTTP, " + what, 3_000, most.aSecond(), "/s",
                "closed loop of %d, full trace, %d failed".formatted(options.askers(), most.failed())));
        report.add(Target.atMost("entitlement over HTTP, p99, " + what, 20, steady.millis(99), " ms",
                "open loop, %,d/s: p50 %.2f ms, p99.9 %.2f ms, %d failed".formatted(rate, steady.millis(50),
                        steady.millis(99.9), steady.failed())));
    }

    private void batch() throws IOException {
        Batch batch = new Batch(service);
        batch.run(Math.max(1, options.people() / 10), new People(1)::person, OutputStream.nullOutputStream());
        Batch.Done done = batch.run(options.people(), new People(2)::person, OutputStream.nullOutputStream());
        report.add(Target.atMost("batch of %,d people, all schemes for persons".formatted(options.people()),
                60.0 * options.people() / 1_000_000, done.seconds(), " s",
                "streamed over HTTP as NDJSON: made, sent, decided, answers of %,d MB read".formatted(
                        done.bytes() / 1_000_000)));
        report.note("memory of the service during the batch: %d MB after a tenth, %d MB at the end",
                done.earlyMegabytes(), done.lateMegabytes());
    }

    /** A list stored, decided in blocks by the job, its answers and who can have what committed. */
    private void persisted() throws Exception {
        int people = Math.max(1, options.people() / 5);
        JsonMapper json = new JsonMapper();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        long begin = System.nanoTime();
        new Batch(service).job(people, new People(4)::person, answer);
        double received = (System.nanoTime() - begin) / 1e9;
        String job = "/api/subsidy/v1/batch-jobs/" + json.readTree(answer.toByteArray()).path("id").asString();
        while (!json.readTree(service.get(Service.OFFICER, job)).path("state").asString().equals("done")) {
            Thread.sleep(100);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        int schemes = json.readTree(service.get(Service.APP, "/api/subsidy/v1/schemes?limit=100")).path("items")
                .valueStream().filter(one -> one.path("applicants").toString().contains("person")).toList().size();
        report.add(Target.atLeast("decisions persisted a second", 5_000, people * (double) schemes / seconds, "/s",
                "%,d people × %d schemes as a batch job: %.1f s to receive and store, %.1f s until all is decided and committed; %,.0f people/s"
                        .formatted(people, schemes, received, seconds, people / seconds)));
    }
}
