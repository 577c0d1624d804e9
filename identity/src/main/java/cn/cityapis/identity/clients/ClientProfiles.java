package cn.cityapis.identity.clients;

import com.nimbusds.jose.jwk.JWKSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
public class ClientProfiles {

    private final JdbcClient sql;

    ClientProfiles(JdbcClient sql) {
        this.sql = sql;
    }

    /** @throws IllegalStateException if there is none: every client is registered with a profile */
    public ClientProfile of(String clientId) {
        return sql.sql("""
                SELECT client_id, subject, org, roles, citizen_scopes, max_assurance, assertion_keys,
                       authentication_keys, burst, per_second, per_day
                  FROM client_profile
                 WHERE client_id = :client
                """).param("client", clientId).query(ClientProfiles::profile).optional()
                .orElseThrow(() -> new IllegalStateException("Client without profile: " + clientId));
    }

    Optional<String> definition(String clientId) {
        return sql.sql("SELECT definition FROM client_profile WHERE client_id = :client").param("client", clientId)
                .query(String.class).optional();
    }

    void redefine(String clientId, String definition) {
        sql.sql("UPDATE client_profile SET definition = :definition WHERE client_id = :client AND definition <> :definition")
                .param("definition", definition).param("client", clientId).update();
    }

    /** What is changed in place of a development client stays one. */
    boolean development(String clientId) {
        return sql.sql("SELECT development FROM client_profile WHERE client_id = :client").param("client", clientId)
                .query(Boolean.class).optional().orElse(false);
    }

    List<String> madeForDevelopment() {
        return sql.sql("SELECT client_id FROM client_profile WHERE development ORDER BY client_id").query(String.class)
                .list();
    }

    /** @param definition fingerprint of what configuration says of it; empty if an administrator made it */
    void save(ClientProfile profile, String definition, boolean development) {
        sql.sql("""
                INSERT INTO client_profile (client_id, subject, org, roles, citizen_scopes, max_assurance,
                                            assertion_keys, authentication_keys, burst, per_second, per_day,
                                            definition, development)
                VALUES (:client, :subject, :org, :roles, :citizenScopes, :maxAssurance, :assertionKeys,
                        :authenticationKeys, :burst, :perSecond, :perDay, :definition, :development)
                ON CONFLICT (client_id) DO UPDATE
                   SET subject = excluded.subject, org = excluded.org, roles = excluded.roles,
                       citizen_scopes = excluded.citizen_scopes, max_assurance = excluded.max_assurance,
                       assertion_keys = excluded.assertion_keys,
                       authentication_keys = excluded.authentication_keys, burst = excluded.burst,
                       per_second = excluded.per_second, per_day = excluded.per_day,
                       definition = excluded.definition, development = excluded.development,
                       version = client_profile.version + 1
                """).param("client", profile.clientId()).param("subject", profile.subject())
                .param("org", profile.org()).param("roles", String.join(" ", profile.roles()))
                .param("citizenScopes", String.join(" ", profile.citizenScopes()))
                .param("maxAssurance", profile.maxAssurance().claim())
                .param("assertionKeys", profile.assertionKeys().toString(true))
                .param("authenticationKeys", profile.authenticationKeys().toString(true))
                .param("burst", profile.contract().burst()).param("perSecond", profile.contract().perSecond())
                .param("perDay", profile.contract().perDay()).param("definition", definition)
                .param("development", development).update();
    }

    static ClientProfile profile(ResultSet rs, int number) throws SQLException {
        return new ClientProfile(rs.getString("client_id"), rs.getString("subject"), rs.getString("org"),
                words(rs.getString("roles")), words(rs.getString("citizen_scopes")),
                Assurance.parse(rs.getString("max_assurance")).orElse(Assurance.NONE),
                keys(rs.getString("assertion_keys")), keys(rs.getString("authentication_keys")),
                new Contract(rs.getObject("burst", Integer.class), rs.getObject("per_second", Integer.class),
                        rs.getObject("per_day", Long.class)));
    }

    static JWKSet keys(String json) {
        try {
            return JWKSet.parse(json).toPublicJWKSet();
        } catch (ParseException e) {
            throw new IllegalStateException("Keys of a client are no JWK set", e);
        }
    }

    static Set<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split("[ ,]")));
    }
}
