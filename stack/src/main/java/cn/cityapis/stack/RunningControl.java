package cn.cityapis.stack;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.process.FolderLock;
import cn.cityapis.stack.process.Leftovers;
import cn.cityapis.stack.process.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAmount;
import java.util.Optional;

/** What can be done to a stack that runs elsewhere. */
final class RunningControl {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(120);
    /** Services look at the clock's file four times a second. */
    private static final Duration CLOCK_POLL = Duration.ofMillis(600);

    private final DataFolder data;

    RunningControl(DataFolder data) {
        this.data = data;
    }

    static Ledger ledger(DataFolder data) {
        return Ledger.read(data.running()).filter(ledger -> ledger.launcher().isPresent())
                .orElseThrow(() -> new StackException("no stack runs on the data folder " + data.root()));
    }

    void stop() {
        Ledger ledger = Ledger.read(data.running())
                .orElseThrow(() -> new StackException("no stack runs on the data folder " + data.root()));
        Optional<ProcessHandle> launcher = ledger.launcher();
        launcher.ifPresent(this::stop);
        int left = stopLeftovers(ledger);
        System.out.println(launcher.isPresent()
                ? "stopped " + ledger.url()
                : "the launcher was gone; stopped " + left + " processes that it had left behind");
    }

    /** Under the folder's lock: if a new start has taken it, that start cleans up itself. */
    private int stopLeftovers(Ledger ledger) {
        try (FolderLock lock = FolderLock.take(data)) {
            int left = Leftovers.stop(ledger);
            data.running().toFile().delete();
            return left;
        }
    }

    private void stop(ProcessHandle launcher) {
        launcher.destroy();
        if (!Leftovers.ended(launcher, STOP_PATIENCE)) {
            launcher.destroyForcibly();
        }
    }

    void advance(TemporalAmount by) {
        ledger(data);
        DevelopmentDay day = new DevelopmentDay(data, Clock.systemUTC());
        day.advance(by);
        try {
            Thread.sleep(CLOCK_POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.println("the clock now shows " + day.now().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }
}
