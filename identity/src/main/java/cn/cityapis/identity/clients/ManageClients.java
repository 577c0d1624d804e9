package cn.cityapis.identity.clients;

import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What an administrator does to clients. The caller opens the transaction. */
@Component
public class ManageClients {

    private final Clients clients;
    private final ClientProfiles profiles;
    private final RegisteredClientRepository registered;
    private final ClientSecrets secrets;
    private final WrongSecrets wrong;
    private final TokenLife life;
    private final InstantSource time;

    /** @param secret in clear, this once; null for a client that proves itself by a key */
    public record Made(ClientView client, @Nullable String secret) {
    }

    ManageClients(Clients clients, ClientProfiles profiles, RegisteredClientRepository registered,
            ClientSecrets secrets, WrongSecrets wrong, TokenLife life, InstantSource time) {
        this.clients = clients;
        this.profiles = profiles;
        this.registered = registered;
        this.secrets = secrets;
        this.wrong = wrong;
        this.life = life;
        this.time = time;
    }

    /** As {@link ClientFacts} has it. */
    public Map<String, Object> facts(String clientId) {
        ClientView client = get(clientId);
        return ClientFacts.of(client.name(), client.scopes(), profiles.of(clientId));
    }

    public ClientView get(String clientId) {
        Instant now = time.instant();
        ClientView found = clients.find(clientId, now)
                .orElseThrow(() -> ProblemException.of(IdentityProblem.NOT_FOUND));
        return found.locked(wrong.locked(clientId, now));
    }

    public List<ClientView> after(String clientId, int limit) {
        return clients.after(clientId, limit, time.instant());
    }

    public Made create(JsonNode body) {
        ClientRules.NewClient wanted = ClientRules.creation(body);
        String id = wanted.clientId();
        clients.lockNew(id);
        if (clients.find(id, time.instant()).isPresent()) {
            throw ProblemException.of(IdentityProblem.CLIENT_EXISTS);
        }
        String secret = wanted.form().byKey() ? null : secrets.fresh();
        save(null, id, wanted.form(), secret == null ? null : secrets.encode(secret), false);
        return new Made(get(id), secret);
    }

    /** @param seen refuses a version that the caller has not seen */
    public ClientView change(String clientId, JsonNode body, LongConsumer seen) {
        seen.accept(lock(clientId));
        ClientForm form = ClientRules.change(body);
        RegisteredClient known = registered.findByClientId(clientId);
        String kept = known == null || form.byKey() ? null : known.getClientSecret();
        save(known, clientId, form, kept, true);
        return get(clientId);
    }

    /** @param overlap how long the secret before is good too */
    public Made newSecret(String clientId, Duration overlap, LongConsumer seen) {
        seen.accept(lock(clientId));
        if (profiles.of(clientId).provesItselfByKey()) {
            throw ProblemException.of(IdentityProblem.NO_SECRET);
        }
        String secret = secrets.fresh();
        Instant now = time.instant();
        if (!overlap.isZero() && clients.secrets(clientId, now).map(Clients.Secrets::earlier).isPresent()) {
            throw ProblemException.of(IdentityProblem.TOO_MANY_SECRETS);
        }
        clients.replaceSecret(clientId, secrets.encode(secret), overlap.isZero() ? null : now.plus(overlap), now);
        wrong.forget(clientId);
        return new Made(get(clientId), secret);
    }

    public ClientView disable(String clientId, LongConsumer seen) {
        seen.accept(lock(clientId));
        clients.disable(clientId, time.instant());
        return get(clientId);
    }

    public ClientView enable(String clientId, LongConsumer seen) {
        seen.accept(lock(clientId));
        clients.disable(clientId, null);
        return get(clientId);
    }

    private long lock(String clientId) {
        return clients.lock(clientId).orElseThrow(() -> ProblemException.of(IdentityProblem.NOT_FOUND));
    }

    private void save(@Nullable RegisteredClient known, String id, ClientForm form, @Nullable String secret,
            boolean keepDefinition) {
        ClientProfile profile = form.profile(id);
        registered.save(RegisteredClients.of(known, profile, form.name(), secret, form.scopes(), life.longest()));
        profiles.save(profile, keepDefinition ? profiles.definition(id).orElse("") : "", profiles.development(id));
    }
}
