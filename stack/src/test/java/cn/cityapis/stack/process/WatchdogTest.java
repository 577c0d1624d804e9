package cn.cityapis.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

    @TempDir
    Path folder;

    @Test
    void doesNothingAfterAnOrderlyEnd() {
        Path trace = folder.resolve("trace");
        Watchdog dog = Watchdog.over(List.of("touch", trace.toString()), folder.resolve("log"));
        dog.close();
        assertThat(Leftovers.ended(dog.handle(), Duration.ofSeconds(10))).isTrue();
        assertThat(trace).doesNotExist();
    }

    @Test
    void runsItsCommandWhenTheLauncherIsKilled() throws IOException, InterruptedException {
        Path trace = folder.resolve("trace");
        Process launcher = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Doomed.class.getName(), trace.toString(),
                folder.resolve("log").toString()).start();
        assertThat(launcher.inputReader().readLine()).isEqualTo("watched");
        launcher.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        for (int i = 0; i < 100 && !Files.exists(trace); i++) {
            Thread.sleep(100);
        }
        assertThat(trace).exists();
    }

    /** A launcher that has a watchdog and waits to be killed. */
    static final class Doomed {

        public static void main(String[] args) throws InterruptedException {
            Watchdog.over(List.of("touch", args[0]), Path.of(args[1]));
            System.out.println("watched");
            Thread.sleep(60_000);
        }
    }
}
