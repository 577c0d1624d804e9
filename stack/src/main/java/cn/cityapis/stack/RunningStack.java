package cn.cityapis.stack;

import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Jvm;
import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.Secrets;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.postgres.Databases;
import cn.cityapis.stack.postgres.PostgresBinaries;
import cn.cityapis.stack.postgres.PostgresServer;
import cn.cityapis.stack.process.Ledger;
import cn.cityapis.stack.process.ManagedProcess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The processes of one data folder. Closing stops all: first the gateway, then the services, then the database. */
public final class RunningStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(240);
    /** A JVM in training writes its cache when it ends. */
    private static final Duration TRAINING_STOP_PATIENCE = Duration.ofMinutes(5);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(5);

    private final DataFolder data;
    private final Progress progress;
    private final PostgresServer postgres;
    private final Environment environment;
    private final List<ManagedProcess> processes = new ArrayList<>();
    private Duration stopPatience = Duration.ofSeconds(40);
    private Ledger ledger;
    private boolean closed;

    private RunningStack(DataFolder data, Progress progress, PostgresServer postgres, Environment environment) {
        this.data = data;
        this.progress = progress;
        this.postgres = postgres;
        this.environment = environment;
        this.ledger = Ledger.of(environment.outsideUrl()).with(Ledger.LAUNCHER,
                Ledger.Entry.of(ProcessHandle.current(), 0));
    }

    /** Starts the database server only; the services follow with {@link #launch}. */
    static RunningStack open(Project project, DataFolder data, StartOptions options, PostgresBinaries binaries,
            Progress progress) {
        List<Integer> free = Ports.pick(Component.values().length + 1);
        Map<Component, Integer> ports = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            ports.put(component, free.get(component.ordinal()));
        }
        Secrets secrets = Secrets.open(data);
        PostgresServer postgres = PostgresServer.start(binaries, data, secrets, free.getLast());
        RunningStack stack = new RunningStack(data, progress, postgres,
                new Environment(options, data, secrets, postgres.port(), ports, project.demoCitizenKey()));
        try {
            stack.prepareDatabases(secrets);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void prepareDatabases(Secrets secrets) {
        ProcessHandle postmaster = postgres.postmaster().orElseThrow(() -> new StackException("PostgreSQL is gone"));
        record("postgres", postmaster, postgres.port());
        new Databases(postgres.port(), secrets).create();
    }

    /** What each of its processes was told about where it is. */
    public Environment environment() {
        return environment;
    }

    public String url() {
        return environment.outsideUrl();
    }

    /** All services at once: none needs another to start. */
    void launch(List<BootImage> images, Jvm.Cache cache) {
        if (cache == Jvm.Cache.TRAIN) {
            stopPatience = TRAINING_STOP_PATIENCE;
        }
        for (BootImage image : images) {
            Jvm.Cache use = cache == Jvm.Cache.USE && !image.trained() ? Jvm.Cache.NONE : cache;
            launch(image, Jvm.current().command(image, use));
        }
    }

    private synchronized void launch(BootImage image, List<String> command) {
        if (closed) {
            throw new StackException("stopped while starting");
        }
        Component component = image.component();
        ManagedProcess process = ManagedProcess.start(new ManagedProcess.Launch(component.shortName(), command,
                environment.of(component), data.files(component), data.log(component.shortName()),
                environment.healthPort(component)));
        processes.add(process);
        record(component.shortName(), process.handle(), environment.port(component));
    }

    /** @throws StackException with the last lines of its log if one of them ends instead */
    void awaitReady() {
        long begun = System.nanoTime();
        long said = begun;
        Set<String> waiting = new LinkedHashSet<>(processes.stream().map(ManagedProcess::name).toList());
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!waiting.isEmpty()) {
                requireAlive();
                boolean news = waiting.removeIf(name -> process(name).ready(client));
                if (news || passed(said, SAY_AGAIN)) {
                    progress.say(waiting.isEmpty() ? "all ready" : "still starting: " + String.join(", ", waiting));
                    said = System.nanoTime();
                }
                if (passed(begun, PATIENCE)) {
                    throw new StackException(
                            "not ready after " + PATIENCE.toSeconds() + " s: " + String.join(", ", waiting)
                                    + "; see " + data.log(waiting.iterator().next()));
                }
                pause();
            }
        }
    }

    /** By a clock that nobody sets. */
    private static boolean passed(long since, Duration time) {
        return System.nanoTime() - since > time.toNanos();
    }

    /** A few calls, so that a training run has seen requests: health, the OpenAPI document, a refusal. */
    void exercise() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (ManagedProcess process : processes) {
                process.get(client, "/v3/api-docs");
                process.get(client, "/api/" + process.name() + "/v1/none");
                process.ready(client);
            }
        }
    }

    /** @throws StackException naming the first process that has ended */
    void requireAlive() {
        synchronized (this) {
            if (closed) {
                return;
            }
            for (ManagedProcess process : processes) {
                if (!process.alive()) {
                    throw process.died();
                }
            }
        }
        if (postgres.postmaster().isEmpty()) {
            throw new StackException("PostgreSQL has ended; see " + data.log("postgres"));
        }
    }

    /** Returns when one of the processes has ended, which none should. */
    void watch() {
        while (!closed()) {
            requireAlive();
            pause();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        progress.say("stopping");
        if (!processes.isEmpty()) {
            processes.getLast().stop(stopPatience);
        }
        processes.forEach(ManagedProcess::askToStop);
        processes.forEach(process -> process.stop(stopPatience));
        postgres.close();
        data.running().toFile().delete();
        progress.say("stopped");
    }

    private synchronized boolean closed() {
        return closed;
    }

    private ManagedProcess process(String name) {
        return processes.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private void record(String name, ProcessHandle process, int port) {
        ledger = ledger.with(name, Ledger.Entry.of(process, port));
        ledger.write(data.running());
    }

    private static void pause() {
        try {
            Thread.sleep(150);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }
}
