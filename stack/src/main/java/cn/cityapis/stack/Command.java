package cn.cityapis.stack;

import java.nio.file.Path;
import java.time.temporal.TemporalAmount;

/** What the user asks {@code ./run} to do. */
sealed interface Command {

    record Start(StartOptions options) implements Command {
    }

    record Token(String who) implements Command {
    }

    record Advance(TemporalAmount by) implements Command {
    }

    record Stop() implements Command {
    }

    record Status() implements Command {
    }

    record Backup(Path to) implements Command {
    }

    record Restore(Path from) implements Command {
    }

    record Help() implements Command {
    }
}
