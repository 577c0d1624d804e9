package cn.cityapis.stack.process;

import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service as a process of its own, with its log file and its health. */
public final class ManagedProcess {

    /** What the process inherits from the caller's environment; all else is given explicitly. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ");
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int TAIL = 12;

    /** How to start it; {@code healthPort} is the port on which its readiness is asked. */
    public record Launch(String name, List<String> command, Map<String, String> environment, Path folder, Path log,
            int healthPort) {
    }

    private final Launch launch;
    private final Process process;

    private ManagedProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    public static ManagedProcess start(Launch launch) {
        ProcessBuilder builder = new ProcessBuilder(ownSession(launch.command())).directory(launch.folder().toFile())
                .redirectErrorStream(true).redirectOutput(launch.log().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(launch.environment());
        try {
            return new ManagedProcess(launch, builder.start());
        } catch (IOException e) {
            throw new StackException("cannot start " + launch.name() + ": " + e.getMessage(), e);
        }
    }

    /** Ctrl-C in a terminal goes to its whole process group: in a session of its own a service is stopped in its turn. */
    public static List<String> ownSession(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of(SETSID.toString()));
        wrapped.addAll(command);
        return wrapped;
    }

    public String name() {
        return launch.name();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public boolean ready(HttpClient client) {
        return get(client, "/actuator/health/readiness") == 200;
    }

    /** @return the status of the answer; 0 if there was none */
    public int get(HttpClient client, String path) {
        URI uri = URI.create("http://127.0.0.1:" + launch.healthPort() + path);
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    public void askToStop() {
        process.destroy();
    }

    /** Asks it to end, waits, and ends it by force if it does not. */
    public void stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    public StackException died() {
        int code = process.isAlive() ? 0 : process.exitValue();
        return new StackException(
                name() + " ended with code " + code + "; the end of " + launch.log() + ":\n" + lastLines());
    }

    private String lastLines() {
        try {
            List<String> lines = new String(Files.readAllBytes(launch.log()), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank()).toList();
            return "  | " + String.join("\n  | ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "  | (no log)";
        }
    }
}
