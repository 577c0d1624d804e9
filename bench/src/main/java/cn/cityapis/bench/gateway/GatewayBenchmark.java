package cn.cityapis.bench.gateway;

import cn.cityapis.bench.Pace;
import cn.cityapis.bench.Pace.Measured;
import cn.cityapis.bench.Report;
import cn.cityapis.bench.Scratch;
import cn.cityapis.bench.Target;
import cn.cityapis.bench.Warmth;
import cn.cityapis.platform.test.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The gateway's table: what its chain costs, how a bare route compares with nginx, and what a sick service does to others. */
public final class GatewayBenchmark {

    private static final int ROUNDS = 3;

    private final Options options;
    private final Doors doors;
    private final Wrk wrk;
    private final Report report = new Report("gateway", "Gateway: the cost of the chain, and a sick service");

    private GatewayBenchmark(Options options, Doors doors) {
        this.options = options;
        this.doors = doors;
        this.wrk = new Wrk(Doors.BEFORE, options.connections());
    }

    /** For one measurement: a token lasts no longer than a few. */
    private static String token() {
        return Tokens.client("bench-app").scopes("policy.read", "eldercare.read", "subsidy.read", "pharmacy.read")
                .token();
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        try (Scratch scratch = Scratch.open("gateway", Optional.empty());
                Doors doors = new Doors(options.project(), scratch.folder())) {
            new GatewayBenchmark(options, doors).run();
        }
    }

    private void run() throws Exception {
        warmUpTheGenerator();
        Pinned.myself(Doors.BEFORE);
        wrk.steady(Doors.url(doors.bare) + Doors.PATH, GatewayBenchmark::token, options.time());
        wrk.steady(Doors.url(doors.whole) + Doors.PATH, GatewayBenchmark::token, options.time());
        doors.pin();
        double whole = throughput();
        latency((int) (whole / 2));
        new Neighbours(doors, options.time(), GatewayBenchmark::token, report).measure();
        System.out.println(report.text(options.project()));
        if (options.write()) {
            report.write(options.project());
        }
    }

    /** On all cores: on the one it will share it would compile for as long as it is measured with. */
    private void warmUpTheGenerator() {
        String token = token();
        Pace.closed(options.connections(), options.time(),
                count -> doors.status(doors.service, Doors.PATH, token) == 200);
    }

    /** In turn; the last round counts, the others warm up. */
    private double throughput() throws IOException, InterruptedException {
        double nginx = 0;
        double bare = 0;
        double whole = 0;
        double millis = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            nginx = wrk.aSecond(Doors.url(doors.nginx) + Doors.PATH, token(), options.time());
            bare = wrk.aSecond(Doors.url(doors.bare) + Doors.PATH, token(), options.time());
            Duration before = doors.cpuOfWhole();
            whole = wrk.aSecond(Doors.url(doors.whole) + Doors.PATH, token(), options.time());
            millis = doors.cpuOfWhole().minus(before).toMillis() / (whole * options.time().toSeconds());
            report.note("round %d: nginx %,.0f/s, bare route %,.0f/s, whole chain %,.0f/s", round, nginx, bare, whole);
        }
        report.note("with %d calls at once the gateway uses %.2f ms of its core a call", options.connections(), millis);
        report.add(Target.atLeast("bare route against nginx as plain proxy", 0.25, bare / nginx, " ×",
                "%,.0f/s against %,.0f/s, wrk with %d connections, proxies on one core, wrk and service on the other"
                        .formatted(bare, nginx, options.connections())));
        report.add(Target.atMost("the whole chain costs of the bare route's requests a second", 24,
                100 * (1 - whole / bare), " %", "%,.0f/s against %,.0f/s".formatted(whole, bare)));
        return whole;
    }

    private void latency(int rate) {
        Measured direct = open(rate, doors.service, Doors.PATH);
        Measured whole;
        Duration used;
        Warmth warmth = new Warmth();
        do {
            Duration before = doors.cpuOfWhole();
            whole = open(rate, doors.whole, Doors.PATH);
            used = doors.cpuOfWhole().minus(before);
        } while (!warmth.reached(1 / whole.millis(99)));
        // both rounds of the open loop
        double calls = 2.0 * rate * options.time().toSeconds();
        report.note("at half load the gateway uses %.0f %% of its core, %.2f ms a call",
                100.0 * used.toMillis() / (2 * options.time().toMillis()), used.toMillis() / calls);
        report.add(Target.atMost("added to p99 at half load", 5, whole.millis(99) - direct.millis(99), " ms",
                "open loop, %,d/s: p99 %.2f ms (p50 %.2f), the service itself %.2f ms (p50 %.2f), %d failed".formatted(
                        rate, whole.millis(99), whole.millis(50), direct.millis(99), direct.millis(50),
                        whole.failed() + direct.failed())));
    }

    private Measured open(int rate, int port, String path) {
        String token = token();
        return Pace.open(rate, options.time(), count -> doors.status(port, path, token) == 200);
    }
}
