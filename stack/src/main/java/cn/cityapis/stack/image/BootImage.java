package cn.cityapis.stack.image;

import cn.cityapis.stack.layout.Component;
import java.nio.file.Files;
import java.nio.file.Path;

/** A service's jar laid out for a fast start: itself, its libraries beside it, and the start-up cache once trained. */
public record BootImage(Component component, Path folder) {

    public Path jar() {
        return folder.resolve(component.module() + ".jar");
    }

    /** Classes as the JVM had them in memory after a training run. */
    public Path startupCache() {
        return folder.resolve("startup.cache");
    }

    /** Where the training run writes: moved into place when it is whole. */
    public Path draftCache() {
        return folder.resolve("startup.draft");
    }

    /** @return false if the training run left nothing behind */
    public boolean keepDraft() {
        return draftCache().toFile().renameTo(startupCache().toFile());
    }

    public boolean trained() {
        return Files.exists(startupCache());
    }
}
