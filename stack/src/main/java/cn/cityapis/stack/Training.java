package cn.cityapis.stack;

import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Jvm;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.postgres.PostgresBinaries;
import cn.cityapis.stack.process.FolderLock;
import cn.cityapis.stack.process.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs new builds once on a scratch data folder, so that the JVM can keep what it had loaded and linked. Later starts
 * take a third of the time. A failed training stops nothing: the start is slower then.
 */
final class Training {

    private static final String SCRATCH = "training-";

    private final Project project;
    private final Path cache;
    private final PostgresBinaries binaries;
    private final Progress progress;
    private final Function<Supplier<RunningStack>, RunningStack> opener;

    /** @param opener opens a stack so that a signal stops it too */
    Training(Project project, PostgresBinaries binaries, Progress progress,
            Function<Supplier<RunningStack>, RunningStack> opener) {
        this.project = project;
        this.cache = project.cache();
        this.binaries = binaries;
        this.progress = progress;
        this.opener = opener;
    }

    void train(List<BootImage> images) {
        List<BootImage> untrained = images.stream().filter(image -> !image.trained()).toList();
        if (untrained.isEmpty()) {
            return;
        }
        createCache();
        Optional<FolderLock> lock = FolderLock.tryTake(cache.resolve("training.lock"));
        if (lock.isEmpty()) {
            progress.say("another start is training the start-up cache; starting without it");
            return;
        }
        try (FolderLock held = lock.get()) {
            trainAlone(untrained);
        }
    }

    private void trainAlone(List<BootImage> untrained) {
        progress.say("new build: training the start-up cache of " + names(untrained) + " (once; a minute or two)");
        try {
            run(untrained);
        } catch (StackException e) {
            progress.say("the training run failed, so this start is slower: " + e.getMessage());
        }
        List<BootImage> missed = untrained.stream().filter(image -> !image.keepDraft()).toList();
        progress.say(missed.isEmpty() ? "trained" : "not trained: " + names(missed));
    }

    private void run(List<BootImage> images) {
        DataFolder scratch = scratch();
        try {
            scratch.create();
            StartOptions options = StartOptions.defaults().withPort(Ports.pick(1).get(0));
            try (Watchdog watchdog = Watchdog.over(StackCommand.of("stop", "--data", scratch.root().toString()),
                    scratch.log("watchdog"));
                    RunningStack stack = opener
                            .apply(() -> RunningStack.open(project, scratch, options, binaries, progress))) {
                stack.launch(images, Jvm.Cache.TRAIN);
                stack.awaitReady();
                stack.exercise();
                progress.say("writing the caches");
            }
        } finally {
            delete(scratch.root());
        }
    }

    private void createCache() {
        try {
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new StackException("cannot write to " + cache + ": " + e.getMessage(), e);
        }
    }

    private DataFolder scratch() {
        try {
            deleteAbandoned();
            return new DataFolder(Files.createTempDirectory(cache, SCRATCH));
        } catch (IOException e) {
            throw new StackException("cannot write to " + cache + ": " + e.getMessage(), e);
        }
    }

    /** Scratch folders of training runs that were interrupted: under the lock there is no other. */
    private void deleteAbandoned() throws IOException {
        try (Stream<Path> folders = Files.list(cache)) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(SCRATCH)).forEach(Training::delete);
        }
    }

    private static String names(List<BootImage> images) {
        return String.join(", ", images.stream().map(image -> image.component().shortName()).toList());
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // a scratch folder that stays behind harms nobody
        }
    }
}
