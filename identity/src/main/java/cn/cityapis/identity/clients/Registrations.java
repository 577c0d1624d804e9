package cn.cityapis.identity.clients;

import cn.cityapis.identity.settings.SettingException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The clients that configuration names. Each start brings the database up to it; none is ever deleted. */
@ConfigurationProperties("identity.registrations")
record Registrations(@DefaultValue("15m") Duration tokenLife, @DefaultValue List<Client> clients) {

    private static final Pattern SCOPE = Pattern
            .compile("(policy|eldercare|subsidy|pharmacy)\\.(read|apply|decide|admin)|events\\.subscribe");

    /**
     * @param secret in clear, or encoded with its method in front ({@code {bcrypt}…}) as production should
     * @param assertionKeys JWK set of public keys, for a back end that acts for citizens
     * @param citizens ids that are fixed beforehand
     */
    record Client(String id, String name, String secret, @Nullable String subject, @Nullable String org,
            @DefaultValue Set<String> roles, @DefaultValue Set<String> scopes, @DefaultValue Set<String> citizenScopes,
            @DefaultValue("none") Assurance maxAssurance, @DefaultValue("{\"keys\":[]}") String assertionKeys,
            @DefaultValue List<Citizen> citizens) {

        Client {
            Set<String> all = new TreeSet<>(scopes);
            all.addAll(citizenScopes);
            all.removeIf(scope -> SCOPE.matcher(scope).matches());
            if (!all.isEmpty()) {
                throw new SettingException("Client " + id + " is configured with unknown scopes " + all);
            }
            if (secret.isBlank()) {
                throw new SettingException("Client " + id + " is configured without a secret");
            }
        }

        ClientProfile profile() {
            return new ClientProfile(id, subject == null ? id : subject, org, roles, citizenScopes, maxAssurance,
                    ClientProfiles.keys(assertionKeys));
        }
    }

    record Citizen(String externalId, String sub) {
    }
}
