package cn.cityapis.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The flags of a command line; whoever has read all it knows says {@link #end}. */
public final class Flags {

    private final List<String> left;
    private final List<String> known = new ArrayList<>();

    public Flags(String[] arguments) {
        left = new ArrayList<>(Arrays.asList(arguments));
    }

    public boolean has(String name) {
        known.add(name);
        return left.remove(name);
    }

    public int number(String name, int otherwise) {
        known.add(name + " N");
        int at = left.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        left.remove(at);
        return Integer.parseInt(left.remove(at));
    }

    public Optional<Path> folder(String name) {
        known.add(name + " FOLDER");
        int at = left.indexOf(name);
        if (at < 0) {
            return Optional.empty();
        }
        left.remove(at);
        return Optional.of(Path.of(left.remove(at)).toAbsolutePath().normalize());
    }

    /** @throws IllegalArgumentException where something is left that nobody asked for */
    public void end() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + left + "; known: " + String.join(" ", known));
        }
    }

    /** The project's root folder. */
    public static Path project() {
        return Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize();
    }
}
