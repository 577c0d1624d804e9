package cn.cityapis.trials.faults;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.process.ManagedProcess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One replica: killed and started again on its own port. */
final class Node {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Component service;
    private final int port;
    private volatile ManagedProcess.Launch launch;
    private volatile Optional<ManagedProcess> ours = Optional.empty();
    private volatile ProcessHandle running;

    /** @param running the process that was started for it before, by somebody else */
    Node(Component service, int port, ManagedProcess.Launch launch, ProcessHandle running) {
        this.service = service;
        this.port = port;
        this.launch = launch;
        this.running = running;
    }

    static Node started(Component service, int port, ManagedProcess.Launch launch) {
        ManagedProcess process = ManagedProcess.start(launch);
        Node node = new Node(service, port, launch, process.handle());
        node.ours = Optional.of(process);
        return node;
    }

    Component service() {
        return service;
    }

    int port() {
        return port;
    }

    /** SIGKILL: nothing is finished, nobody is told. */
    void kill() {
        running.destroyForcibly();
        running.onExit().join();
    }

    /** SIGTERM, and waits: what is under way is finished. */
    void stop() {
        running.destroy();
        running.onExit().join();
    }

    void start() {
        ManagedProcess process = ManagedProcess.start(launch);
        ours = Optional.of(process);
        running = process.handle();
    }

    /** From now on it is started like this. */
    void becomes(List<String> command) {
        launch = new ManagedProcess.Launch(launch.name(), command, launch.environment(), launch.folder(), launch.log(),
                launch.healthPort());
    }

    void awaitReady(HttpClient http) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ManagedProcess process = ours.orElseThrow();
        while (!process.ready(http)) {
            if (!process.alive() || System.nanoTime() > end) {
                throw process.died();
            }
            Thread.sleep(100);
        }
    }

    /** Only what was started here: the stack ends its own. */
    void end() {
        ours.ifPresent(process -> process.stop(Duration.ofSeconds(20)));
    }
}
