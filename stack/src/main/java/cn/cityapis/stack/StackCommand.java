package cn.cityapis.stack;

import cn.cityapis.stack.image.Jvm;
import java.util.ArrayList;
import java.util.List;

/** This program as a command line, for a process that outlives this one. */
final class StackCommand {

    private StackCommand() {
    }

    static List<String> of(String... words) {
        List<String> command = new ArrayList<>(List.of(Jvm.current().program(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx48m", "-cp", System.getProperty("java.class.path", ""),
                Stack.class.getName()));
        command.addAll(List.of(words));
        return command;
    }
}
