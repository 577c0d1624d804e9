package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;

/** A client with a secret that an administrator makes, and that then asks for tokens. */
record ManagedClient(RunningIdentity identity, String id) {

    static ManagedClient of(RunningIdentity identity) {
        return new ManagedClient(identity, "p-" + UUID.randomUUID());
    }

    String form(String more) {
        return "{\"clientId\":\"" + id + "\"," + change(more);
    }

    static String change(String more) {
        return "\"name\":\"医院集团\",\"authentication\":\"secret\",\"scopes\":[\"pharmacy.read\",\"events.subscribe\"],"
                + "\"org\":\"hospital-1\",\"contract\":{\"burst\":500,\"perDay\":100000}" + more + "}";
    }

    RunningIdentity.Answer create() {
        var made = Management.of(identity).post("/clients", form(""));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made;
    }

    RunningIdentity.Answer signIn(String secret) {
        return identity.token(id, secret, Map.of("grant_type", "client_credentials"));
    }
}
