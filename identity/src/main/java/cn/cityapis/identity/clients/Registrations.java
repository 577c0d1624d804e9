package cn.cityapis.identity.clients;

import cn.cityapis.identity.settings.SettingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The clients that configuration names. Each start brings the database up to it; none is ever deleted. */
@ConfigurationProperties("identity.registrations")
record Registrations(@DefaultValue("15m") Duration tokenLife, @DefaultValue List<Client> clients) {

    /**
     * @param secret in clear, or encoded with its method in front ({@code {bcrypt}…}) as production should; empty for
     *        a client with authentication keys
     * @param assertionKeys JWK set of public keys, for a back end that acts for citizens
     * @param authenticationKeys JWK set of public keys, for a client that proves itself by {@code private_key_jwt}
     * @param citizens ids that are fixed beforehand
     */
    record Client(String id, String name, @DefaultValue("") String secret, @Nullable String subject,
            @Nullable String org, @DefaultValue Set<String> roles, @DefaultValue Set<String> scopes,
            @DefaultValue Set<String> citizenScopes, @DefaultValue("none") Assurance maxAssurance,
            @DefaultValue("{\"keys\":[]}") String assertionKeys,
            @DefaultValue("{\"keys\":[]}") String authenticationKeys, @Nullable Contract contract,
            @DefaultValue List<Citizen> citizens) {

        Client {
            Set<String> all = new TreeSet<>(scopes);
            all.addAll(citizenScopes);
            all.removeIf(scope -> ClientRules.SCOPE.matcher(scope).matches());
            if (!all.isEmpty()) {
                throw new SettingException("Client " + id + " is configured with unknown scopes " + all);
            }
            boolean byKey = !ClientProfiles.keys(authenticationKeys).getKeys().isEmpty();
            if (secret.isBlank() != byKey) {
                throw new SettingException(
                        "Client " + id + " is configured without a secret, or with a secret and authentication keys");
            }
        }

        /** All of it but the secret, by name and in a fixed order: a later release that knows more leaves it as it is. */
        String entry() {
            Map<String, Object> named = new TreeMap<>();
            named.put("name", name);
            named.put("subject", String.valueOf(subject));
            named.put("org", String.valueOf(org));
            named.put("roles", new TreeSet<>(roles));
            named.put("scopes", new TreeSet<>(scopes));
            named.put("citizenScopes", new TreeSet<>(citizenScopes));
            named.put("maxAssurance", maxAssurance.claim());
            named.put("assertionKeys", assertionKeys);
            named.put("authenticationKeys", authenticationKeys);
            if (contract != null) {
                named.put("contract", Arrays.asList(contract.burst(), contract.perSecond(), contract.perDay()));
            }
            named.put("citizens",
                    citizens.stream().map(citizen -> citizen.externalId() + "=" + citizen.sub()).toList());
            return named.toString();
        }

        ClientProfile profile() {
            return new ClientProfile(id, subject == null ? id : subject, org, roles, citizenScopes, maxAssurance,
                    ClientProfiles.keys(assertionKeys), ClientProfiles.keys(authenticationKeys),
                    contract == null ? Contract.NONE : contract);
        }
    }

    record Citizen(String externalId, String sub) {
    }
}
