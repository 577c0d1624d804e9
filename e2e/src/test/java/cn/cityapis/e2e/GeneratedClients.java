package cn.cityapis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The examples of {@code clients}, compiled with the client that the tests there have generated, as programs. */
record GeneratedClients(Path module, Callers callers) {

    private static final String CLIENT = "demo-app";

    boolean made() {
        return Files.exists(module.resolve("target/java/classpath"));
    }

    boolean madeTypeScript() {
        return Files.exists(module.resolve("target/typescript/first-steps.js"));
    }

    /** @return the state of the application that it made for its citizen */
    String java() throws IOException, InterruptedException {
        Path made = module.resolve("target/java");
        return state(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                made.resolve("classes") + File.pathSeparator + Files.readString(made.resolve("classpath")),
                "FirstSteps"), "java-client");
    }

    /** @return as above */
    String typeScript() throws IOException, InterruptedException {
        return state(List.of("node", "target/typescript/first-steps.js"), "typescript-client");
    }

    private String state(List<String> program, String citizen) throws IOException, InterruptedException {
        List<String> command = Stream
                .concat(program.stream(),
                        Stream.of(callers.url(), CLIENT, CLIENT + "-secret", callers.assertion(citizen)))
                .toList();
        Process process = new ProcessBuilder(command).directory(module.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said.substring(said.lastIndexOf(' ') + 1);
    }
}
