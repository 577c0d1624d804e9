package cn.cityapis.stack.process;

import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell that waits at a pipe from the launcher. When the launcher ends in any way that it could not prepare for
 * ({@code kill -9}), the pipe breaks and the shell runs a command that stops what is left.
 */
public final class Watchdog implements AutoCloseable {

    private static final String SCRIPT = "trap '' INT TERM HUP; read -r word; [ \"$word\" = done ] || exec \"$@\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    public static Watchdog over(List<String> lastCommand, Path log) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "watchdog"));
        command.addAll(lastCommand);
        try {
            return new Watchdog(new ProcessBuilder(ManagedProcess.ownSession(command)).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start());
        } catch (IOException e) {
            throw new StackException("cannot start the watchdog: " + e.getMessage(), e);
        }
    }

    public ProcessHandle handle() {
        return shell.toHandle();
    }

    /** The launcher has stopped everything by itself. Returns when the shell has ended too. */
    @Override
    public void close() {
        try (Writer pipe = shell.outputWriter(StandardCharsets.UTF_8)) {
            pipe.write("done\n");
        } catch (IOException e) {
            shell.destroyForcibly();
        }
        try {
            if (!shell.waitFor(5, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
