package cn.cityapis.stack;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.demo.DemoTokens;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ./run}: the whole platform from one command. */
public final class Stack {

    private Stack() {
    }

    public static void main(String[] words) {
        try {
            CommandLine line = CommandLine.parse(List.of(words));
            execute(line.command(), data(line.data()));
        } catch (StackException e) {
            System.err.println("run: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void execute(Command command, DataFolder data) {
        switch (command) {
            case Command.Start start -> start(start.options(), data);
            case Command.Token token -> System.out.println(token(DemoIdentity.of(token.who()), data));
            case Command.Advance advance -> new RunningControl(data).advance(advance.by());
            case Command.Stop stop -> new RunningControl(data).stop();
            case Command.Status status -> new StatusReport(data).print(System.out);
            case Command.Backup backup -> {
                new DataCopy(data).backUp(backup.to());
                System.out.println("backed up " + data.root() + " to " + backup.to());
            }
            case Command.Restore restore -> {
                new DataCopy(data).restore(restore.from());
                System.out.println("restored " + restore.from() + " to " + data.root());
            }
            case Command.Help help -> System.out.print(CommandLine.HELP);
        }
    }

    private static void start(StartOptions options, DataFolder data) {
        Progress progress = new Progress(System.out);
        Launcher launcher = new Launcher(new Project(project(), project().resolve(".run")), data, options, progress);
        Thread onSignal = new Thread(launcher::close, "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        RunningStack stack = launcher.start();
        new StatusReport(data).printMemory(progress);
        progress.plain(Walkthrough.calls(stack.url(), dataOption(data),
                new DevelopmentDay(data, Clock.systemUTC()).now().toLocalDate()));
        progress.say("ready: " + stack.url());
        stack.watch();
    }

    private static String token(DemoIdentity who, DataFolder data) {
        return new DemoTokens(RunningControl.ledger(data).url(), project()).token(who);
    }

    private static String dataOption(DataFolder data) {
        return data.equals(data(null)) ? "" : " --data " + data.root();
    }

    private static Path project() {
        return Path.of(System.getProperty("stack.project", "")).toAbsolutePath().normalize();
    }

    private static DataFolder data(@Nullable Path given) {
        return new DataFolder(given == null ? project().resolve(".run/data") : given);
    }
}
