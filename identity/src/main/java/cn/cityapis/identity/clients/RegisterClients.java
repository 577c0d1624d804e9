package cn.cityapis.identity.clients;

import cn.cityapis.identity.audit.Administrator;
import cn.cityapis.identity.audit.Audit;
import cn.cityapis.identity.settings.IdentitySettings;
import cn.cityapis.identity.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
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
    private final Audit audit;
    private final boolean development;
    private final SecretKeySpec fingerprintKey;

    /** By what a changed entry is known: keyed fingerprints. */
    private record Definition(String entry, String secret) {

        static final Definition NONE = new Definition("", "");

        static Definition parse(String text) {
            int end = text.indexOf(' ');
            return end < 0 ? new Definition(text, "") : new Definition(text.substring(0, end), text.substring(end + 1));
        }

        String text() {
            return entry + " " + secret;
        }
    }

    RegisterClients(Registrations registrations, RegisteredClientRepository clients, ClientProfiles profiles,
            JdbcClient sql, TransactionTemplate transaction, PasswordEncoder passwords, Audit audit,
            IdentitySettings settings) {
        this.registrations = registrations;
        this.clients = clients;
        this.profiles = profiles;
        this.sql = sql;
        this.transaction = transaction;
        this.passwords = passwords;
        this.audit = audit;
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
        Definition now = new Definition(fingerprint(client.entry()), fingerprint(client.secret()));
        Definition known = profiles.definition(client.id()).map(text -> asWhole(client).equals(text)
                ? now
                : Definition.parse(text)).orElse(Definition.NONE);
        RegisteredClient before = clients.findByClientId(client.id());
        if (before == null || !known.equals(now)) {
            overrule(client, now, before, !known.secret().equals(now.secret()));
        } else if (!registrations.tokenLife().equals(before.getTokenSettings().getAccessTokenTimeToLive())) {
            clients.save(RegisteredClient.from(before).tokenSettings(
                    TokenSettings.builder().accessTokenTimeToLive(registrations.tokenLife()).build()).build());
        }
        profiles.redefine(client.id(), now.text());
    }

    /** What an earlier release kept: entry, secret and the life of tokens as one. */
    private String asWhole(Registrations.Client client) {
        return fingerprint(client + "|" + registrations.tokenLife());
    }

    /** @param secretChanged otherwise the one that an administrator made since stays */
    private void overrule(Registrations.Client client, Definition definition, @Nullable RegisteredClient before,
            boolean secretChanged) {
        Map<String, Object> facts = ClientFacts.of(client.name(), client.scopes(), client.profile());
        Map<String, Object> told = new LinkedHashMap<>();
        if (before != null) {
            told.put("before", ClientFacts.of(before.getClientName(), before.getScopes(), profiles.of(client.id())));
        }
        told.put("after", facts);
        told.put("secretChanged", secretChanged);
        clients.save(RegisteredClients.of(before, client.profile(), client.name(),
                before == null || secretChanged ? encoded(client.secret()) : before.getClientSecret(), client.scopes(),
                registrations.tokenLife()));
        profiles.save(client.profile(), definition.text(), development);
        audit.record(Administrator.CONFIGURATION, "client.configured", "client", client.id(), told);
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

    private @Nullable String encoded(String secret) {
        if (secret.isBlank()) {
            return null;
        }
        return secret.startsWith("{") ? secret : passwords.encode(secret);
    }
}
