package cn.cityapis.bench.gateway;

import cn.cityapis.bench.Wire;
import cn.cityapis.bench.Wires;
import cn.cityapis.platform.test.TestIssuer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The same service by four ways: itself, behind nginx, behind a bare route, behind the whole gateway. The generator and the
 * service share one core, whatever stands before it has the other.
 */
final class Doors implements AutoCloseable {

    static final int BEFORE = 0;
    static final int BEHIND = 1;
    static final String PATH = "/api/policy/v1/documents?q=x";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PLENTY = "100000000";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<Integer, Wires> wires = new ConcurrentHashMap<>();
    private final List<Pinned> warming;
    private final List<Upstream> services = new ArrayList<>();
    final int service;
    final int nginx;
    final int bare;
    final int whole;

    Doors(Path project, Path folder) throws Exception {
        for (String each : List.of("policy", "eldercare", "subsidy", "pharmacy")) {
            services.add(new Upstream(folder, each, freePort()));
        }
        open.addAll(services);
        service = services.getFirst().port();
        nginx = freePort();
        bare = freePort();
        whole = freePort();
        open.add(Nginx.proxy(BEHIND, folder.resolve("nginx"), nginx, service));
        warming = List.of(bare(project, folder), whole(project, folder));
        open.addAll(warming);
        try {
            for (int port : new int[]{service, nginx, bare, whole}) {
                await(port);
            }
        } catch (IllegalStateException | IOException e) {
            close();
            throw e;
        }
    }

    private Pinned bare(Path project, Path folder) throws IOException {
        Path jar = jar(project);
        return Pinned.free(folder.resolve("bare.log"),
                Map.of("SERVER_PORT", String.valueOf(bare), "MANAGEMENT_PORT", "0",
                        "SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_ROUTES_0_ID", "all",
                        "SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_ROUTES_0_URI", url(service),
                        "SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_ROUTES_0_PREDICATES_0", "Path=/**"),
                java("-Dloader.main=" + BareGateway.class.getName(),
                        "-Dloader.path=" + project.resolve("bench/target/classes"), "-cp", jar.toString(),
                        "org.springframework.boot.loader.launch.PropertiesLauncher"));
    }

    private Pinned whole(Path project, Path folder) throws IOException {
        return Pinned.free(folder.resolve("gateway.log"),
                Map.ofEntries(Map.entry("SERVER_PORT", String.valueOf(whole)), Map.entry("MANAGEMENT_PORT", "0"),
                        Map.entry("OIDC_ISSUER", TestIssuer.ISSUER),
                        Map.entry("OIDC_JWKS_URI", TestIssuer.shared().jwksUri()),
                        Map.entry("PUBLIC_URL", url(whole)), Map.entry("IDENTITY_URL", url(service)),
                        Map.entry("POLICY_URL", url(services.get(0).port())),
                        Map.entry("ELDERCARE_URL", url(services.get(1).port())),
                        Map.entry("SUBSIDY_URL", url(services.get(2).port())),
                        Map.entry("PHARMACY_URL", url(services.get(3).port())),
                        Map.entry("RATE_LIMIT_BURST", PLENTY), Map.entry("RATE_LIMIT_PER_SECOND", PLENTY),
                        Map.entry("GATEWAY_BREAKER_EACH", PLENTY)),
                java("-jar", jar(project).toString()));
    }

    /** Warm: from now on whatever stands before the service has its one core. */
    void pin() throws IOException, InterruptedException {
        for (Pinned each : warming) {
            each.to(BEHIND);
        }
    }

    /** As a replica that has one core would choose its collector and its threads. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:ActiveProcessorCount=1", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders",
                "-Dreactor.netty.native=false",
                "--enable-native-access=ALL-UNNAMED"));
        String more = System.getenv("BENCH_SERVICE_FLAGS");
        if (more != null) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** What the whole gateway has used of its core. */
    Duration cpuOfWhole() {
        return warming.getLast().cpuTime();
    }

    /** Those that the whole gateway knows. */
    List<Upstream> services() {
        return List.copyOf(services);
    }

    private static Path jar(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("gateway/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("gateway-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst().orElseThrow(() -> new IllegalStateException("gateway is not packaged"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static String url(int port) {
        return "http://localhost:" + port;
    }

    /** The status of an answer; −1 where there was none. */
    int status(int port, String path, String token) {
        try {
            return wires.computeIfAbsent(port, Wires::new).ask(Wire.get(path, token));
        } catch (IOException noAnswer) {
            return -1;
        }
    }

    private void await(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (status(port, "/", "none") < 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nothing answers: " + ((Pinned) open.getLast()).written());
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws Exception {
        for (Wires each : wires.values()) {
            each.close();
        }
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }
}
