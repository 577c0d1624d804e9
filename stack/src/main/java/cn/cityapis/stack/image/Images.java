package cn.cityapis.stack.image;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The images of all services, one folder per build of a jar; made when first needed. */
public final class Images {

    private static final int KEPT = 2;

    private final Path project;
    private final Path root;

    public Images(Path project, Path root) {
        this.project = project;
        this.root = root;
    }

    /** @throws StackException if the service was not built */
    public BootImage of(Component component) {
        Path jar = builtJar(component);
        Path folder = root.resolve(component.shortName() + "-" + stamp(jar));
        if (!Files.exists(folder)) {
            extract(component, jar, folder);
            prune(component);
        }
        return new BootImage(component, folder);
    }

    private Path builtJar(Component component) {
        Path target = project.resolve(component.module()).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(f -> f.getFileName().toString().matches(component.module() + "-\\d[^/]*\\.jar"))
                    .filter(f -> !f.toString().endsWith("-tests.jar") && !f.toString().endsWith("-sources.jar"))
                    .max(Comparator.comparing(Images::modified))
                    .orElseThrow(() -> new StackException(component.module() + " is not built: no jar in " + target));
        } catch (IOException e) {
            throw new StackException(component.module() + " is not built: no folder " + target, e);
        }
    }

    /** A start-up cache fits exactly one jar and one JVM. */
    private static String stamp(Path jar) {
        String what = modified(jar) + " " + jar.toFile().length() + " " + System.getProperty("java.vm.version");
        return Integer.toHexString(what.hashCode());
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    private void extract(Component component, Path jar, Path folder) {
        try {
            Files.createDirectories(root);
            Path draft = Files.createTempDirectory(root, "extracting-");
            Process tool = new ProcessBuilder(Jvm.current().program(), "-Djarmode=tools", "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar.toString(), "extract", "--force", "--destination", draft.toString()).redirectErrorStream(true)
                    .redirectOutput(root.resolve(component.shortName() + "-extract.log").toFile()).start();
            if (!tool.waitFor(2, TimeUnit.MINUTES) || tool.exitValue() != 0) {
                throw new StackException(
                        "cannot unpack " + jar + "; see " + root.resolve(component.shortName() + "-extract.log"));
            }
            Files.move(draft.resolve(jar.getFileName()), draft.resolve(component.module() + ".jar"));
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("cannot unpack " + jar + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("unpacking of " + jar + " was interrupted", e);
        }
    }

    /** Keeps the image before this one: a stack may still run from it. */
    private void prune(Component component) {
        try (Stream<Path> folders = Files.list(root)) {
            List<Path> newestFirst = folders.filter(Files::isDirectory)
                    .filter(f -> f.getFileName().toString().startsWith(component.shortName() + "-"))
                    .sorted(Comparator.comparing(Images::modified).reversed()).toList();
            for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
                delete(old);
            }
        } catch (IOException e) {
            throw new StackException("cannot tidy " + root + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
