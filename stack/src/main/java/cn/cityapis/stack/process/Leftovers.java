package cn.cityapis.stack.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the processes of a stack whose launcher is gone. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Leftovers() {
    }

    /** Gateway and services first, the database last. @return how many were still there */
    public static int stop(Ledger ledger) {
        List<Ledger.Entry> entries = new ArrayList<>(ledger.processes().entrySet().stream()
                .filter(e -> !e.getKey().equals(Ledger.LAUNCHER)).map(java.util.Map.Entry::getValue).toList());
        Collections.reverse(entries);
        int found = 0;
        for (Ledger.Entry entry : entries) {
            found += entry.process().map(Leftovers::stop).orElse(0);
        }
        return found;
    }

    private static int stop(ProcessHandle process) {
        process.destroy();
        if (!ended(process, PATIENCE)) {
            process.destroyForcibly();
            ended(process, PATIENCE);
        }
        return 1;
    }

    /** Waits for the end of a process. */
    public static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
