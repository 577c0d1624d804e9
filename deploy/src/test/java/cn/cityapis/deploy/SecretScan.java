package cn.cityapis.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for private keys, tokens and values of secrets that look random, in every file that is committed. */
final class SecretScan {

    /** Public knowledge, refused outside of profile development. */
    static final Map<String, String> PUBLIC = Map.of("identity/development/demo-app-key.pem",
            "signs for the citizens of the demonstration; identity knows its public half in profile development only");

    /** With something behind it, or on the next line; code that writes such a file has neither. */
    private static final Pattern PRIVATE_KEY = Pattern
            .compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----(\\s*$|(\\\\n)?[A-Za-z0-9+/]{16})");
    private static final Pattern TOKEN = Pattern
            .compile("eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}|AKIA[0-9A-Z]{16}|gh[pousr]_\\w{30,}");
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?i)(?:password|passwd|secret|api_?key|index_?key|key_secret|pii_keys?|token)\\w*[\"']?\\s*[=:]\\s*[\"']?"
                    + "(?:\\w{1,8}:)?([A-Za-z0-9+/_-]{16,})");
    /** The keys of profile development count up, and are refused outside of it. */
    private static final Pattern DEVELOPMENT_KEY = Pattern.compile("(00112233445566778899aabbccddeeff)+");
    /** Bits a character: random hexadecimal has close to 4, words and counting sequences in pairs less. */
    private static final double RANDOM = 3.3;
    private static final int LARGEST = 2_000_000;

    private SecretScan() {
    }

    static List<String> files() {
        // whoever owns the folder: in a container it is often somebody else
        Shell.Result listed = Shell.run(Project.ROOT, "git", "-c", "safe.directory=*", "ls-files", "-z");
        if (listed.exit() != 0) {
            throw new AssertionError("git does not list the files, so nothing can be scanned: " + listed.said());
        }
        return Stream.of(listed.said().split("\0", -1)).filter(file -> !file.isEmpty() && !PUBLIC.containsKey(file))
                .toList();
    }

    static List<String> in(String file) {
        Path path = Project.ROOT.resolve(file);
        List<String> found = new ArrayList<>();
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                return found;
            }
            String[] lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (suspicious(lines[i])) {
                    found.add(file + ":" + (i + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    static boolean suspicious(String line) {
        if (PRIVATE_KEY.matcher(line).find() || TOKEN.matcher(line).find()) {
            return true;
        }
        Matcher assigned = ASSIGNED.matcher(line);
        while (assigned.find()) {
            if (looksRandom(assigned.group(1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean looksRandom(String value) {
        boolean mixed = value.matches(".*\\d.*") && value.matches(".*[A-Za-z].*");
        double bits = value.chars().distinct()
                .mapToDouble(c -> value.chars().filter(other -> other == c).count() / (double) value.length())
                .map(share -> -share * Math.log(share) / Math.log(2)).sum();
        return mixed && bits > RANDOM && !DEVELOPMENT_KEY.matcher(value).matches();
    }
}
