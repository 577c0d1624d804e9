package cn.cityapis.identity.clients;

import cn.cityapis.identity.settings.IdentitySettings;
import cn.cityapis.identity.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings the clients of the configuration into the database, and refuses those of development outside of it. */
@Component
class RegisterClients implements SmartInitializingSingleton {

    private static final long LOCK = 0x1D_4E_71_7E_4CL;

    private final Registrations registrations;
    private final RegisteredClientRepository clients;
    private final ClientProfiles profiles;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final PasswordEncoder passwords;
    private final boolean development;
    private final SecretKeySpec fingerprintKey;

    RegisterClients(Registrations registrations, RegisteredClientRepository clients, ClientProfiles profiles,
            JdbcClient sql, TransactionTemplate transaction, PasswordEncoder passwords, IdentitySettings settings) {
        this.registrations = registrations;
        this.clients = clients;
        this.profiles = profiles;
        this.sql = sql;
        this.transaction = transaction;
        this.passwords = passwords;
        this.development = settings.development();
        this.fingerprintKey = new SecretKeySpec(HexFormat.of().parseHex(settings.keySecret()), "HmacSHA256");
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> refused = development ? List.of() : profiles.madeForDevelopment();
        if (!refused.isEmpty()) {
            throw new SettingException(
                    "The database holds clients of profile development (" + String.join(", ", refused)
                            + "): use a database of its own (DB_NAME)");
        }
        transaction.executeWithoutResult(status -> {
            sql.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(rs -> {
            });
            registrations.clients().forEach(this::register);
        });
    }

    private void register(Registrations.Client client) {
        String definition = fingerprint(client + "|" + registrations.tokenLife());
        if (profiles.definition(client.id()).filter(definition::equals).isPresent()) {
            return;
        }
        clients.save(registered(client));
        profiles.save(client.profile(), definition, development);
        client.citizens().forEach(citizen -> sql.sql("""
                INSERT INTO citizen (client_id, external_id, sub) VALUES (:client, :external, :sub)
                ON CONFLICT (client_id, external_id) DO NOTHING
                """).param("client", client.id()).param("external", citizen.externalId()).param("sub", citizen.sub())
                .update());
    }

    /** Keyed, for the definition has the secret in it. */
    private String fingerprint(String definition) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprintKey);
            return HexFormat.of().formatHex(mac.doFinal(definition.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private RegisteredClient registered(Registrations.Client client) {
        String secret = client.secret().isBlank() || client.secret().startsWith("{")
                ? client.secret()
                : passwords.encode(client.secret());
        return RegisteredClients.of(clients.findByClientId(client.id()), client.profile(), client.name(),
                client.secret().isBlank() ? null : secret, client.scopes(), registrations.tokenLife());
    }
}
