package cn.cityapis.identity.clients;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Secrets of clients: made here, shown once, kept encoded. */
@Component
public class ClientSecrets {

    private static final int BYTES = 32;

    private final Clients clients;
    private final PasswordEncoder passwords;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    ClientSecrets(Clients clients, PasswordEncoder passwords, InstantSource time) {
        this.clients = clients;
        this.passwords = passwords;
        this.time = time;
    }

    /** Whether the client is enabled and this is its secret, or one before while that is still good. */
    public boolean match(String clientId, String secret) {
        Optional<Clients.Secrets> known = clients.secrets(clientId, time.instant());
        return known.isPresent() && known.get().enabled()
                && Stream.of(known.get().present(), known.get().previous(), known.get().earlier())
                        .filter(Objects::nonNull).anyMatch(encoded -> passwords.matches(secret, encoded));
    }

    public boolean enabled(String clientId) {
        return clients.enabled(clientId);
    }

    /** 256 random bits. */
    String fresh() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String encode(String clear) {
        return String.valueOf(passwords.encode(clear));
    }
}
