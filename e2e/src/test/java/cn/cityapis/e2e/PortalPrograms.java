package cn.cityapis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.stack.demo.DemoIdentity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs that the developers' pages show, as a reader runs them. */
record PortalPrograms(Path project, Callers callers) {

    /** What the mini-program's citizen files with. */
    private static final String ID_NUMBER = "371002199405020412";
    private static final String FOLDER = "clients/examples/walk-through/";

    /** Whether this machine has what runs the mini-program's half. */
    static boolean hasNode() {
        return List.of("/usr/bin/node", "/usr/local/bin/node").stream()
                .anyMatch(node -> Files.isExecutable(Path.of(node)));
    }

    /**
     * With nothing but a JDK.
     *
     * @return all that it prints
     */
    String java() throws IOException, InterruptedException {
        return said(Path.of(System.getProperty("java.home"), "bin", "java").toString(), FOLDER + "WalkThrough.java",
                callers.url());
    }

    /**
     * With a back end that gives it the tokens of all who take part.
     *
     * @return all that it prints
     */
    String miniProgram() throws IOException, InterruptedException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/token/", this::token);
        backend.start();
        try {
            return said("node", FOLDER + "mini-program.mjs", callers.url(),
                    "http://localhost:" + backend.getAddress().getPort());
        } finally {
            backend.stop(0);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        String who = exchange.getRequestURI().getPath().substring("/token/".length());
        DemoIdentity identity = DemoIdentity.of(who);
        Api caller = identity == DemoIdentity.CITIZEN ? callers.demoCitizen(ID_NUMBER) : callers.as(identity);
        byte[] answer = "{\"access_token\":\"%s\"}".formatted(caller.token()).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** The six steps have come to where README says they come. */
    static void requireWholeWalk(String said) {
        assertThat(said).containsPattern("(?m)^2 威民发〔2023〕17号 expired$").containsPattern("(?m)^3 SUBMITTED \\d+$")
                .containsPattern("(?m)^4 MODERATE COMPLETED$").containsPattern("(?m)^5 18000000 paying$")
                .containsPattern("(?m)^6 14700 30$");
    }
}
