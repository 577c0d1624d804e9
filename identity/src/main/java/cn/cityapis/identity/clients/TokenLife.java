package cn.cityapis.identity.clients;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long tokens live. */
@Component
public class TokenLife {

    private final Duration longest;

    TokenLife(Registrations registrations) {
        this.longest = registrations.tokenLife();
    }

    public Duration longest() {
        return longest;
    }
}
