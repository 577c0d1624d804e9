package cn.cityapis.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project is that is being tested. */
final class ProjectFiles {

    private ProjectFiles() {
    }

    /** The folder of docker-compose.yml; Maven names it, an IDE starts somewhere inside. */
    static Path root() {
        Path candidate = Path.of(System.getProperty("project.root", "")).toAbsolutePath();
        while (!Files.exists(candidate.resolve("docker-compose.yml"))) {
            candidate = candidate.getParent();
        }
        return candidate;
    }
}
