package cn.cityapis.bench.subsidy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.PackagedService;
import cn.cityapis.platform.test.Tokens;

/** The API of subsidy-service, as a back end and an officer use it. */
final class Service implements AutoCloseable {

    static final PackagedService.Caller APP = () -> Tokens.client("demo-app").scopes("subsidy.read")
            .audience("subsidy").token();
    static final PackagedService.Caller OFFICER = () -> Tokens.operator("bench-officer", "371002", "district")
            .scopes("subsidy.read", "subsidy.decide").audience("subsidy").token();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PackagedService process;

    Service(Path project, Path folder, Database database) throws IOException {
        process = new PackagedService(project, "subsidy-service", folder, database, Map.of());
    }

    int port() {
        return process.port();
    }

    /** Whether a request is answered with 200. */
    boolean answers(byte[] request) throws IOException {
        return process.answers(request);
    }

    String token(PackagedService.Caller by) {
        return process.token(by);
    }

    /** The JSON that a path answers with. */
    String get(PackagedService.Caller by, String path) throws IOException, InterruptedException {
        return process.send(process.request(by, path)).body();
    }

    /** What the process holds in memory now, in MB, where the system tells it. */
    long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/" + process.process().pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    void awaitReady() throws InterruptedException {
        process.awaitReady(PATIENCE);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
