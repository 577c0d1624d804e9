package cn.cityapis.stack;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words after {@code ./run}.
 *
 * @param data data folder, if given
 */
record CommandLine(Command command, @Nullable Path data) {

    static final String HELP = """
            ./run [start]            builds what is not built, starts the platform, ends with Ctrl-C
                --port N             the port seen from outside (8080)
                --bind ADDRESS       the address seen from outside (127.0.0.1; 0.0.0.0 for all)
                --empty              without demonstration data
                --gazette FILE       loads the official text of a gazette issue
                --now DATE           starts the development clock on another day (2026-11-21, or: today)
                --only A,B           only these of identity policy eldercare subsidy pharmacy gateway
                --no-build           what was built before, as it is
                --no-cache           does not train the start-up cache: slower starts, no wait now
            ./run token WHO          an access token: app citizen home-operator assessor district city chain
                                     supplier maker clinic insurer partner admin district-finance
                                     district-talent city-talent
            ./run advance P7D        moves the development clock on (P7D, P1M, PT12H)
            ./run status             what runs, since when, with how much memory
            ./run stop               stops a stack that was started elsewhere
            ./run backup DIR         copies the data of a stopped stack to a new folder: databases, files, secrets
            ./run restore DIR        puts such a copy into a data folder that has no databases
            ./run help
            All take --data DIR: the folder that keeps everything (.run/data).
            """;

    static CommandLine parse(List<String> words) {
        Deque<String> left = new ArrayDeque<>(words);
        String verb = left.isEmpty() || left.getFirst().startsWith("--") && !left.getFirst().equals("--help")
                ? "start"
                : left.removeFirst();
        return switch (verb) {
            case "start" -> start(left);
            case "token" -> rest(new Command.Token(argument("token WHO", left)), left);
            case "advance" -> rest(new Command.Advance(amount(argument("advance P7D", left))), left);
            case "stop" -> rest(new Command.Stop(), left);
            case "status" -> rest(new Command.Status(), left);
            case "backup" -> rest(new Command.Backup(path(argument("backup DIR", left))), left);
            case "restore" -> rest(new Command.Restore(path(argument("restore DIR", left))), left);
            case "help", "--help", "-h" -> new CommandLine(new Command.Help(), null);
            default -> throw new StackException("unknown command: " + verb + " (./run help)");
        };
    }

    private static CommandLine start(Deque<String> left) {
        StartOptions options = StartOptions.defaults();
        Path data = null;
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            if (option.equals("--data")) {
                data = Path.of(argument(option, left));
            } else {
                options = option(option, left, options);
            }
        }
        return new CommandLine(new Command.Start(options), data);
    }

    private static StartOptions option(String option, Deque<String> left, StartOptions options) {
        return switch (option) {
            case "--port" -> options.withPort(port(argument(option, left)));
            case "--bind" -> options.withBind(argument(option, left));
            case "--empty" -> options.withDemoData(false);
            case "--gazette" -> options.withGazette(file(argument(option, left)));
            case "--now" -> options.withToday(day(argument(option, left)));
            case "--only" -> options.withOnly(components(argument(option, left)));
            case "--no-build" -> options; // for the script, not for us
            case "--no-cache" -> options.withStartupCache(false);
            default -> throw new StackException("unknown option: " + option + " (./run help)");
        };
    }

    private static CommandLine rest(Command command, Deque<String> left) {
        Path data = null;
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            if (!option.equals("--data")) {
                throw new StackException("unknown option: " + option + " (./run help)");
            }
            data = Path.of(argument(option, left));
        }
        return new CommandLine(command, data);
    }

    private static String argument(String option, Deque<String> left) {
        String next = left.pollFirst();
        if (next == null || next.startsWith("--")) {
            throw new StackException(
                    "something is missing after: ./run " + option.replaceFirst(" .*", "") + " (./run help)");
        }
        return next;
    }

    private static Set<Component> components(String text) {
        Set<Component> chosen = EnumSet.noneOf(Component.class);
        for (String name : text.split(",", -1)) {
            chosen.add(Component.of(name));
        }
        return chosen;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new StackException("not a port (1 to 65535): " + text);
        }
        return Integer.parseInt(text);
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static Path file(String text) {
        Path file = path(text);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new StackException("no such file: " + file);
        }
        return file;
    }

    private static LocalDate day(String text) {
        try {
            return text.equals("today") ? LocalDate.now(DevelopmentDay.ZONE) : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new StackException("not a day (2026-11-21): " + text, e);
        }
    }

    private static TemporalAmount amount(String text) {
        try {
            TemporalAmount amount = text.contains("T") ? Duration.parse(text) : Period.parse(text);
            if (amount instanceof Duration d && d.isNegative() || amount instanceof Period p && p.isNegative()) {
                throw new StackException("the clock moves on only, never back: " + text);
            }
            return amount;
        } catch (DateTimeException e) {
            throw new StackException("not a span of time (P7D, P1M, PT12H): " + text, e);
        }
    }
}
