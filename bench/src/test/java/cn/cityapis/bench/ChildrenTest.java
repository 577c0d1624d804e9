package cn.cityapis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildrenTest {

    /** A benchmark whose child has a child of its own. */
    static final class Benchmark {

        private Benchmark() {
        }

        public static void main(String[] none) throws IOException, InterruptedException {
            Process child = Children.start(new ProcessBuilder("bash", "-c", "sleep 3600 & wait"));
            while (child.descendants().findAny().isEmpty()) {
                Thread.sleep(10);
            }
            System.out.println(child.pid() + " " + child.descendants().findAny().orElseThrow().pid());
            Thread.sleep(3_600_000);
        }
    }

    @Test
    void whatItStartedEndsWithABenchmarkThatIsEnded() throws IOException, InterruptedException {
        Process benchmark = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Benchmark.class.getName()).start();
        String[] children;
        try (BufferedReader said = benchmark.inputReader()) {
            children = said.readLine().split(" ", -1);
            assertThat(children).allSatisfy(child -> assertThat(ProcessHandle.of(Long.parseLong(child))).isPresent());
            benchmark.destroy();
            assertThat(benchmark.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
        for (String child : children) {
            ProcessHandle.of(Long.parseLong(child)).ifPresent(left -> assertThat(left.onExit()).succeedsWithin(
                    Duration.ofMinutes(1)));
        }
    }
}
