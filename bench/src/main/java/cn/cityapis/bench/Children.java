package cn.cityapis.bench;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Processes that end with the benchmark, also when it is ended in the middle: by Ctrl-C, a signal, a time limit. */
public final class Children {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Children::kill), "end children"));
    }

    private Children() {
    }

    public static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        RUNNING.add(process);
        process.onExit().thenRun(() -> RUNNING.remove(process));
        return process;
    }

    /** One that was stopped (SIGSTOP) takes no other signal. */
    private static void kill(Process process) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}
