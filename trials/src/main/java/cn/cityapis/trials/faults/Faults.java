package cn.cityapis.trials.faults;

import cn.cityapis.stack.Launcher;
import cn.cityapis.stack.Progress;
import cn.cityapis.stack.Project;
import cn.cityapis.stack.RunningStack;
import cn.cityapis.stack.StartOptions;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.trials.Arguments;
import cn.cityapis.trials.fuzz.Fuzz;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code trials/run faults}: two replicas of each service, faults under load, then every promise. Ends with 1 if one is broken. */
public final class Faults {

    private Faults() {
    }

    public static void main(String[] words) throws Exception {
        Arguments arguments = Arguments.parse(words, Set.of("seed", "faults", "upgrade", "before"));
        long seed = arguments.number("seed", System.nanoTime() & 0xffffff);
        Path root = Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize();
        Path scratch = Files.createTempDirectory("faults");
        System.out.println("seed " + seed + ", data and logs in " + scratch);
        Project project = new Project(root, root.resolve(".run"));
        Project before = Optional.ofNullable(arguments.values().get("before")).map(Path::of)
                .map(older -> new Project(older.toAbsolutePath(), scratch.resolve("before"))).orElse(project);
        FaultRun.Result result;
        DataFolder data = new DataFolder(scratch);
        try (Doors doors = new Doors(data);
                HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                Launcher launcher = new Launcher(before, data, options(doors),
                        new Progress(System.out))) {
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::close, "stop"));
            RunningStack stack = launcher.start();
            try (City city = City.of(before, project, stack.environment(), doors, http)) {
                Runtime.getRuntime().addShutdownHook(new Thread(city::close, "stop replicas"));
                result = new FaultRun(city, http, LocalDate.now(ZoneId.of("Asia/Shanghai")), seed,
                        arguments.number("upgrade", 1) > 0, (int) arguments.number("faults", 100), System.out::println)
                        .run();
            }
        }
        result.broken().forEach(System.out::println);
        System.out.println(result.inShort());
        System.exit(result.broken().isEmpty() ? 0 : 1);
    }

    private static StartOptions options(Doors doors) {
        Map<String, String> settings = new HashMap<>(Fuzz.NO_LIMITS);
        settings.putAll(doors.settings());
        return StartOptions.defaults().withPort(Ports.pick(1).getFirst()).withStartupCache(false)
                .withSettings(settings);
    }
}
