package cn.cityapis.stack;

import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Jvm;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.postgres.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs new builds once on a scratch data folder, so that the JVM can keep what it had loaded and linked. Later starts
 * take a third of the time. A failed training stops nothing: the start is slower then.
 */
final class Training {

    private final Path cache;
    private final PostgresBinaries binaries;
    private final Progress progress;

    Training(Path cache, PostgresBinaries binaries, Progress progress) {
        this.cache = cache;
        this.binaries = binaries;
        this.progress = progress;
    }

    void train(List<BootImage> images) {
        List<BootImage> untrained = images.stream().filter(image -> !image.trained()).toList();
        if (untrained.isEmpty()) {
            return;
        }
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
            try (RunningStack stack = RunningStack.open(scratch, options, binaries, progress)) {
                stack.launch(images, Jvm.Cache.TRAIN);
                stack.awaitReady();
                stack.exercise();
                progress.say("writing the caches");
            }
        } finally {
            delete(scratch.root());
        }
    }

    private DataFolder scratch() {
        try {
            Files.createDirectories(cache);
            return new DataFolder(Files.createTempDirectory(cache, "training-"));
        } catch (IOException e) {
            throw new StackException("cannot write to " + cache + ": " + e.getMessage(), e);
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
