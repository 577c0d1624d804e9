package cn.cityapis.bench.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A service behind the gateway that can be made to hang, to die, and to be well again. */
final class Upstream implements AutoCloseable {

    private final Path folder;
    private final String name;
    private final int port;
    private Pinned nginx;

    Upstream(Path folder, String name, int port) throws IOException {
        this.folder = folder.resolve(name);
        this.name = name;
        this.port = port;
        nginx = Nginx.service(Doors.BEFORE, this.folder, port);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** A reading at the gateway's door. */
    String path() {
        return "/api/" + name + "/v1/documents?q=x";
    }

    /** Connections are still accepted by the kernel; nobody answers. */
    void hang() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void die() throws IOException, InterruptedException {
        signal("-KILL");
        nginx.process().waitFor();
    }

    void recover() throws IOException, InterruptedException {
        if (nginx.process().isAlive()) {
            signal("-CONT");
        } else {
            nginx = Nginx.service(Doors.BEFORE, folder, port);
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        Stream.concat(Stream.of(nginx.process().toHandle()), nginx.process().descendants())
                .map(each -> String.valueOf(each.pid())).forEach(command::add);
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Override
    public void close() throws Exception {
        recover();
        nginx.close();
    }
}
