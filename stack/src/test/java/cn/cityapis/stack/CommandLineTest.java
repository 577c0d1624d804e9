package cn.cityapis.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.EnumSet;
import java.util.Map;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void startsWithDefaultsWhenNothingIsSaid() {
        assertThat(parse("")).isEqualTo(new CommandLine(new Command.Start(StartOptions.defaults()), null));
        assertThat(parse("start")).isEqualTo(parse(""));
    }

    @Test
    void takesEveryOptionOfStart(@TempDir Path folder) throws IOException {
        Path gazette = Files.writeString(folder.resolve("gazette.txt"), "x");
        CommandLine line = parse("--port 9090 --bind 0.0.0.0 --data " + folder + " --empty --gazette " + gazette
                + " --now 2026-12-31 --no-cache --no-build --only gateway,policy");
        assertThat(line.data()).isEqualTo(folder);
        assertThat(line.command()).isEqualTo(
                new Command.Start(
                        new StartOptions(9090, "0.0.0.0", false, gazette, LocalDate.of(2026, 12, 31),
                                false, EnumSet.of(Component.POLICY, Component.GATEWAY), Map.of())));
    }

    @Test
    void readsTheOtherCommands() {
        assertThat(parse("token citizen").command()).isEqualTo(new Command.Token("citizen"));
        assertThat(parse("advance P7D").command()).isEqualTo(new Command.Advance(Period.ofDays(7)));
        assertThat(parse("advance PT12H").command()).isEqualTo(new Command.Advance(Duration.ofHours(12)));
        assertThat(parse("stop --data x").command()).isEqualTo(new Command.Stop());
        assertThat(parse("stop --data x").data()).isEqualTo(Path.of("x"));
        assertThat(parse("backup /b/../c").command()).isEqualTo(new Command.Backup(Path.of("/c")));
        assertThat(parse("restore /c --data x").command()).isEqualTo(new Command.Restore(Path.of("/c")));
        assertThatThrownBy(() -> parse("backup")).hasMessageContaining("something is missing");
        assertThat(parse("status").command()).isEqualTo(new Command.Status());
        assertThat(parse("--help").command()).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bogus                 | unknown command: bogus
            --bogus               | unknown option: --bogus
            status --bogus        | unknown option: --bogus
            --port                | missing after: ./run --port
            --port --empty        | missing after: ./run --port
            --port 0              | not a port (1 to 65535): 0
            --port 65536          | not a port (1 to 65535): 65536
            --port 80a            | not a port (1 to 65535): 80a
            --now 2026-02-30      | not a day (2026-11-21): 2026-02-30
            --gazette /nowhere/at | no such file: /nowhere/at
            --only policy,x       | no process is called x
            token                 | missing after: ./run token
            advance 7             | not a span of time (P7D, P1M, PT12H): 7
            advance P-7D          | never back: P-7D
            advance PT-1H         | never back: PT-1H
            """)
    void refusesWithOneClearLine(String words, String message) {
        assertThatThrownBy(() -> parse(words)).isInstanceOf(StackException.class).hasMessageContaining(message)
                .message().doesNotContain("\n");
    }

    private static CommandLine parse(String words) {
        return CommandLine.parse(words.isEmpty() ? List.of() : List.of(words.split(" +")));
    }
}
