package cn.cityapis.stack;

import java.io.PrintStream;
import java.time.Duration;

/** Lines for the one who waits, each with the seconds since the start. */
public final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.printf("[%5.1f s] %s%n", elapsed().toMillis() / 1000.0, line);
        out.flush();
    }

    public void plain(String text) {
        out.println(text);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
