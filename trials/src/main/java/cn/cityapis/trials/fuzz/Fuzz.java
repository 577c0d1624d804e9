package cn.cityapis.trials.fuzz;

import cn.cityapis.stack.Launcher;
import cn.cityapis.stack.Progress;
import cn.cityapis.stack.Project;
import cn.cityapis.stack.RunningStack;
import cn.cityapis.stack.StartOptions;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.trials.Arguments;
import cn.cityapis.trials.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** {@code trials/run fuzz}: starts the platform on a scratch folder and fuzzes it. Ends with 1 if there is any fault. */
public final class Fuzz {

    /** Limits of callers must not hide what is behind them. */
    public static final Map<String, String> NO_LIMITS = Map.of("RATE_LIMIT_BURST", "1000000", "RATE_LIMIT_PER_SECOND",
            "1000000", "GATEWAY_REFUSALS_BURST", "1000000", "GATEWAY_REFUSALS_PER_SECOND", "1000000",
            "GATEWAY_BREAKER_EACH", "1000000");

    private Fuzz() {
    }

    public static void main(String[] words) throws Exception {
        Arguments arguments = Arguments.parse(words, Set.of("requests", "seed", "minutes", "workers"));
        long seed = arguments.number("seed", System.nanoTime() & 0xffffff);
        Path project = Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize();
        Path scratch = Files.createTempDirectory("fuzz");
        System.out.println("seed " + seed + ", data and logs in " + scratch);
        FuzzReport report;
        try (Launcher launcher = new Launcher(new Project(project, project.resolve(".run")), new DataFolder(scratch),
                StartOptions.defaults().withPort(Ports.pick(1).getFirst()).withStartupCache(false)
                        .withSettings(NO_LIMITS),
                new Progress(System.out))) {
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::close, "stop"));
            RunningStack stack = launcher.start();
            report = new FuzzRun(new Place(project, stack.environment()), seed,
                    arguments.number("requests", 1_000_000), Duration.ofMinutes(arguments.number("minutes", 600)),
                    (int) arguments.number("workers", 6), System.out::println).run();
        }
        report.faults().forEach(System.out::println);
        System.out.println("never answered with 2xx: " + report.neverAnsweredWell());
        System.out.println(report.line());
        System.exit(report.faults().isEmpty() ? 0 : 1);
    }
}
