package cn.cityapis.stack.layout;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Everything that survives a stop: databases, secrets, files of the services, logs, the development clock. */
public record DataFolder(Path root) {

    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    /** The clock of all services runs ahead of the real one by the ISO 8601 duration in this file. */
    public Path clockOffset() {
        return root.resolve("clock-offset");
    }

    /** Written while a stack runs: its address and its processes. */
    public Path running() {
        return root.resolve("running.properties");
    }

    /** Held by the launcher for as long as it lives. */
    public Path lock() {
        return root.resolve("lock");
    }

    public Path files(Component component) {
        return root.resolve(component.shortName());
    }

    public Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    public void create() {
        try {
            Files.createDirectories(root.resolve("logs"));
            for (Component component : Component.values()) {
                Files.createDirectories(files(component));
            }
        } catch (IOException e) {
            throw new StackException("cannot write to the data folder " + root + ": " + e.getMessage(), e);
        }
    }

    /** Writes the file so that only its owner can read it, whole or not at all. */
    public static void writePrivately(Path file, String content) {
        try {
            Path draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(draft, content);
            Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
