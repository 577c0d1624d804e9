package cn.cityapis.trials.faults;

import cn.cityapis.stack.Environment;
import cn.cityapis.stack.Project;
import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Jvm;
import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.postgres.PostgresServer;
import cn.cityapis.stack.process.Ledger;
import cn.cityapis.stack.process.ManagedProcess;
import cn.cityapis.trials.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A running stack with a second replica of each service behind its balancer. */
public final class City implements AutoCloseable {

    /** The identity server and the gateway: of them there is one each. */
    private static final List<Component> SINGLE = List.of(Component.IDENTITY, Component.GATEWAY);

    private final Project project;
    private final Environment environment;
    private final Doors doors;
    private final List<Node> nodes = new ArrayList<>();

    private City(Project project, Environment environment, Doors doors) {
        this.project = project;
        this.environment = environment;
        this.doors = doors;
    }

    /**
     * Starts the second replicas and waits for them.
     *
     * @param before what the stack was started from, and the second replicas are
     * @param project what replicas are replaced by
     */
    public static City of(Project before, Project project, Environment environment, Doors doors, HttpClient http)
            throws InterruptedException {
        City city = new City(project, environment, doors);
        List<Node> seconds = new ArrayList<>();
        before.images(Set.copyOf(SINGLE)).forEach(image -> city.nodes.add(city.first(image)));
        for (BootImage image : before.images(Set.copyOf(Doors.SERVICES))) {
            city.nodes.add(city.first(image));
            seconds.add(city.second(image, Ports.pick(1).getFirst()));
        }
        city.nodes.addAll(seconds);
        for (Node second : seconds) {
            second.awaitReady(http);
        }
        Doors.SERVICES.forEach(city::leadToAll);
        return city;
    }

    Place place() {
        return new Place(project.root(), environment);
    }

    Doors doors() {
        return doors;
    }

    List<Node> replicas(Component service) {
        return nodes.stream().filter(node -> node.service() == service).toList();
    }

    void leadToAll(Component service) {
        doors.balancer(service).lead(replicas(service).stream().map(Node::port).toList());
    }

    /** There is one. */
    Node single(Component component) {
        return replicas(component).getFirst();
    }

    /** As an orchestrator does it: no new connections, the signal to end, and the new one is led to once it is ready. */
    void replace(Node node, HttpClient http) throws InterruptedException {
        doors.balancer(node.service()).lead(replicas(node.service()).stream().filter(other -> other != node)
                .map(Node::port).toList());
        renew(node, http);
        leadToAll(node.service());
    }

    /** Stopped in order, and started from what is built now. */
    void renew(Node node, HttpClient http) throws InterruptedException {
        node.stop();
        node.becomes(Jvm.current().command(project.images(Set.of(node.service())).getFirst(), Jvm.Cache.NONE));
        node.start();
        node.awaitReady(http);
    }

    private Node first(BootImage image) {
        Component service = image.component();
        ProcessHandle running = process(service.shortName()).orElseThrow();
        return new Node(service, environment.port(service), launch(image, "-again", environment.port(service),
                environment.healthPort(service), environment.data().files(service)), running);
    }

    private Optional<ProcessHandle> process(String name) {
        return Optional.ofNullable(Ledger.read(environment.data().running()).orElseThrow().processes().get(name))
                .flatMap(Ledger.Entry::process);
    }

    private Node second(BootImage image, int port) {
        Component service = image.component();
        try {
            // the papers that people upload are on a disk that all replicas share; an index is each one's own
            Path folder = service == Component.ELDERCARE
                    ? environment.data().files(service)
                    : Files.createDirectories(environment.data().root().resolve(service.shortName() + "-2"));
            return Node.started(service, port, launch(image, "-2", port, port, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ManagedProcess.Launch launch(BootImage image, String suffix, int port, int healthPort, Path folder) {
        Component service = image.component();
        Map<String, String> told = new HashMap<>(environment.of(service));
        told.put("SERVER_PORT", Integer.toString(port));
        told.put("DATA_DIR", folder.toString());
        return new ManagedProcess.Launch(service.shortName() + suffix, Jvm.current().command(image, Jvm.Cache.NONE),
                told,
                folder, environment.data().log(service.shortName() + suffix), healthPort);
    }

    /** The database server is killed and started again: it recovers from its log. */
    void crashDatabase() {
        process("postgres").ifPresent(postmaster -> {
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        });
        startDatabase();
    }

    /** Stops it in order, if it runs, and starts it. */
    void startDatabase() {
        PostgresServer server = PostgresServer.start(project.postgres(), environment.data(), environment.secrets(),
                environment.postgresPort());
        Ledger.read(environment.data().running()).orElseThrow()
                .with("postgres", Ledger.Entry.of(server.postmaster().orElseThrow(), server.port()))
                .write(environment.data().running());
    }

    @Override
    public void close() {
        nodes.forEach(Node::end);
    }
}
