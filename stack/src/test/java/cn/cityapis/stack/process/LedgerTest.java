package cn.cityapis.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatItWroteInTheSameOrder() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Ledger ledger = Ledger.of("http://localhost:8080").with(Ledger.LAUNCHER, new Ledger.Entry(1, start, 0))
                .with("postgres", new Ledger.Entry(2, start, 5432)).with("gateway", new Ledger.Entry(3, start, 8080));
        Path file = folder.resolve("running.properties");
        ledger.write(file);
        assertThat(Ledger.read(file)).contains(ledger);
        assertThat(Ledger.read(file).orElseThrow().processes().keySet()).containsExactly("launcher", "postgres",
                "gateway");
    }

    @Test
    void isAbsentWhereNothingRan() {
        assertThat(Ledger.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void neverTakesAnotherProcessWithTheSameNumberForOurs() {
        Ledger.Entry self = Ledger.Entry.of(ProcessHandle.current(), 0);
        assertThat(self.process()).isPresent();
        assertThat(new Ledger.Entry(self.pid(), self.started().minus(Duration.ofMinutes(1)), 0).process()).isEmpty();
    }

    @Test
    void stopsWhatIsLeftOverButNotTheLauncher() throws IOException {
        Process left = new ProcessBuilder("sleep", "600").start();
        Ledger ledger = Ledger.of("x").with(Ledger.LAUNCHER, Ledger.Entry.of(ProcessHandle.current(), 0)).with("policy",
                Ledger.Entry.of(left.toHandle(), 0));
        assertThat(Leftovers.stop(ledger)).isEqualTo(1);
        assertThat(left.isAlive()).isFalse();
        assertThat(Leftovers.stop(ledger)).isZero();
    }
}
