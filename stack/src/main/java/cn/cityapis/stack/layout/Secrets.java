package cn.cityapis.stack.layout;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Passwords and keys of one data folder: random, made once, readable by the owner only. */
public final class Secrets {

    private static final int PASSWORD_BYTES = 24;
    private static final int KEY_BYTES = 16;

    private final Path file;
    private final Properties known;
    private final SecureRandom random;

    private Secrets(Path file, Properties known, SecureRandom random) {
        this.file = file;
        this.known = known;
        this.random = random;
    }

    public static Secrets open(DataFolder data) {
        Properties known = new Properties();
        if (Files.exists(data.secrets())) {
            try (Reader reader = Files.newBufferedReader(data.secrets())) {
                known.load(reader);
            } catch (IOException e) {
                throw new StackException("cannot read " + data.secrets() + ": " + e.getMessage(), e);
            }
        }
        return new Secrets(data.secrets(), known, new SecureRandom());
    }

    public String superuserPassword() {
        return secret("postgres.password", PASSWORD_BYTES);
    }

    public String databasePassword(Component owner) {
        return secret(owner.shortName() + ".password", PASSWORD_BYTES);
    }

    /** SM4 key for personal data, 128 bits in hexadecimal. */
    public String fieldKey(Component owner) {
        return secret(owner.shortName() + ".field-key", KEY_BYTES);
    }

    /** Key of the blind index, 256 bits in hexadecimal. */
    public String indexKey(Component owner) {
        return secret(owner.shortName() + ".index-key", 2 * KEY_BYTES);
    }

    /** Seals the identity server's signing keys, 256 bits in hexadecimal. */
    public String signingKeySecret() {
        return secret("identity.key-secret", 2 * KEY_BYTES);
    }

    private String secret(String name, int bytes) {
        String value = known.getProperty(name);
        if (value != null) {
            return value;
        }
        byte[] fresh = new byte[bytes];
        random.nextBytes(fresh);
        String made = HexFormat.of().formatHex(fresh);
        known.setProperty(name, made);
        DataFolder.writePrivately(file, lines());
        return made;
    }

    private String lines() {
        return new TreeMap<>(known).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("\n", "# made by ./run for this data folder only\n", "\n"));
    }
}
