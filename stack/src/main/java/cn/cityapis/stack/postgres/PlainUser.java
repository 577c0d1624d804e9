package cn.cityapis.stack.postgres;

import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own, root is nobody in particular, while files and
 * signals still belong to root: nothing has to change its owner.
 */
final class PlainUser {

    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    private PlainUser() {
    }

    /** The command as it must be started by this user. */
    static List<String> command(List<String> command) {
        if (!"0".equals(output(List.of("id", "-u")))) {
            return command;
        }
        List<String> probe = new ArrayList<>(NAMESPACE);
        probe.addAll(List.of("id", "-u"));
        String seen = output(probe);
        if (seen.isEmpty() || "0".equals(seen)) {
            throw new StackException("PostgreSQL does not run as root, and this system allows no user namespaces "
                    + "(unshare -U): start ./run as an ordinary user");
        }
        List<String> wrapped = new ArrayList<>(NAMESPACE);
        wrapped.addAll(command);
        return wrapped;
    }

    private static String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
