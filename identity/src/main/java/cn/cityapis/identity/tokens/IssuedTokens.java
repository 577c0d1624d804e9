package cn.cityapis.identity.tokens;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Repository;

/** Remembers tokens by digest, so that the database never holds one that could be used. */
@Repository
public class IssuedTokens implements OAuth2AuthorizationService {

    private final JdbcClient sql;
    private final RegisteredClientRepository clients;
    private final InstantSource time;

    private record Row(String id, String clientId, String grantType, String subject, boolean revoked) {
    }

    IssuedTokens(JdbcClient sql, RegisteredClientRepository clients, InstantSource time) {
        this.sql = sql;
        this.clients = clients;
        this.time = time;
    }

    /** A client that is being suspended meanwhile is waited for: its token is issued revoked, or revoked with the others. */
    @Override
    public void save(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        if (access == null) {
            return;
        }
        RegisteredClient client = Objects.requireNonNull(clients.findById(authorization.getRegisteredClientId()));
        sql.sql("""
                INSERT INTO issued_token (digest, id, client_id, grant_type, subject, expires_at, revoked_at)
                SELECT :digest, :id, client_id, :grant, :subject, :expires, disabled_at
                  FROM client_profile WHERE client_id = :client FOR SHARE
                ON CONFLICT (digest) DO UPDATE
                   SET revoked_at = CASE WHEN :revoked THEN coalesce(issued_token.revoked_at, now()) END
                """).param("digest", digest(access.getToken().getTokenValue())).param("id", authorization.getId())
                .param("client", client.getClientId())
                .param("grant", authorization.getAuthorizationGrantType().getValue())
                .param("subject", authorization.getPrincipalName())
                .param("expires", Timestamp.from(Objects.requireNonNull(access.getToken().getExpiresAt())))
                .param("revoked", access.isInvalidated()).update();
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        sql.sql("DELETE FROM issued_token WHERE id = :id").param("id", authorization.getId()).update();
    }

    /** All that a client still has: introspection says so at once, whoever only checks signatures when they expire. */
    public int revokeAll(String clientId) {
        return sql.sql("UPDATE issued_token SET revoked_at = :now WHERE client_id = :client AND revoked_at IS NULL"
                + " AND expires_at > :now").param("now", Timestamp.from(time.instant())).param("client", clientId)
                .update();
    }

    /** Whether it was issued here and may still be used. */
    public boolean usable(String token) {
        return sql.sql("SELECT revoked_at IS NULL FROM issued_token WHERE digest = :digest")
                .param("digest", digest(token)).query(Boolean.class).optional().orElse(false);
    }

    /** Nothing of what this server grants asks by id. */
    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return null;
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return sql.sql("SELECT id, client_id, grant_type, subject, revoked_at IS NOT NULL AS revoked"
                + " FROM issued_token WHERE digest = :digest").param("digest", digest(token))
                .query((rs, number) -> new Row(rs.getString("id"), rs.getString("client_id"),
                        rs.getString("grant_type"),
                        rs.getString("subject"), rs.getBoolean("revoked")))
                .optional().map(row -> authorization(row, token)).orElse(null);
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetExpired() {
        sql.sql("DELETE FROM issued_token WHERE expires_at < :now").param("now", Timestamp.from(time.instant()))
                .update();
    }

    private @Nullable OAuth2Authorization authorization(Row row, String token) {
        RegisteredClient client = clients.findByClientId(row.clientId());
        if (client == null) {
            return null;
        }
        Map<String, Object> claims = claims(token);
        Set<String> scopes = claims.get("scope") instanceof Iterable<?> list ? texts(list) : Set.of();
        OAuth2AccessToken access = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token,
                (Instant) claims.get("iat"), (Instant) claims.get("exp"), scopes);
        return OAuth2Authorization.withRegisteredClient(client).id(row.id()).principalName(row.subject())
                .authorizationGrantType(new AuthorizationGrantType(row.grantType())).authorizedScopes(scopes)
                .token(access, metadata -> {
                    metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, claims);
                    metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, row.revoked());
                }).build();
    }

    /** Needs no signature check: the digest says that it was issued here. */
    private static Map<String, Object> claims(String token) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            Map<String, Object> all = new HashMap<>(claims.getClaims());
            all.replaceAll((name, value) -> value instanceof Date date ? date.toInstant() : value);
            return all;
        } catch (ParseException e) {
            throw new IllegalStateException("An issued token is no JWT", e);
        }
    }

    private static Set<String> texts(Iterable<?> list) {
        Set<String> all = new HashSet<>();
        list.forEach(one -> all.add(String.valueOf(one)));
        return all;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
