package cn.cityapis.stack;

import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Jvm;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.postgres.PostgresBinaries;
import cn.cityapis.stack.process.FolderLock;
import cn.cityapis.stack.process.Leftovers;
import cn.cityapis.stack.process.Ledger;
import cn.cityapis.stack.process.Watchdog;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the whole platform on one data folder, and stops it. */
public final class Launcher implements AutoCloseable {

    private final Project project;
    private final DataFolder data;
    private final StartOptions options;
    private final Progress progress;
    private @Nullable FolderLock lock;
    private @Nullable Watchdog watchdog;
    private @Nullable RunningStack stack;
    private boolean closed;

    public Launcher(Project project, DataFolder data, StartOptions options, Progress progress) {
        this.project = project;
        this.data = data;
        this.options = options;
        this.progress = progress;
    }

    /** Returns when everything answers; if something does not, what was started is stopped and the reason thrown. */
    public RunningStack start() {
        try {
            return started();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private RunningStack started() {
        data.create();
        hold(FolderLock.take(data));
        Ledger.read(data.running()).ifPresent(this::stopLeftovers);
        Ports.requireFree(options.bind(), options.port());
        List<BootImage> images = project.images(options.only());
        PostgresBinaries binaries = project.postgres();
        if (options.startupCache()) {
            new Training(project, binaries, progress, this::open).train(images);
        }
        if (options.today() != null) {
            new DevelopmentDay(data, Clock.systemUTC()).moveTo(options.today());
        }
        guard();
        progress.say("starting postgres");
        RunningStack opened = open(() -> RunningStack.open(project, data, options, binaries, progress));
        opened.launch(images, Jvm.Cache.USE);
        opened.awaitReady();
        return opened;
    }

    private void stopLeftovers(Ledger ledger) {
        int found = Leftovers.stop(ledger);
        if (found > 0) {
            progress.say("stopped " + found + " processes that an earlier start had left behind");
        }
    }

    private synchronized void guard() {
        watchdog = Watchdog.over(StackCommand.of("stop", "--data", data.root().toString()), data.log("watchdog"));
    }

    private synchronized void hold(FolderLock taken) {
        lock = taken;
    }

    /** While a stack opens, a signal waits; after it, nothing opens any more. */
    private synchronized RunningStack open(Supplier<RunningStack> opening) {
        if (closed) {
            throw new StackException("stopped while starting");
        }
        RunningStack opened = opening.get();
        stack = opened;
        return opened;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (stack != null) {
            stack.close();
        }
        if (watchdog != null) {
            watchdog.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
