package cn.cityapis.identity.tokens;

import cn.cityapis.identity.citizens.CitizenGrant;
import cn.cityapis.identity.clients.Assurance;
import cn.cityapis.identity.clients.ClientProfile;
import cn.cityapis.identity.clients.ClientProfiles;
import cn.cityapis.identity.clients.Contract;
import cn.cityapis.identity.keys.SigningKeys;
import cn.cityapis.issuer.IdNumberDigests;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/** What the services read from an access token: which program, for whom, of which organisation, how well known. */
@Component
class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private static final Set<String> SERVICES = Set.of("policy", "eldercare", "subsidy", "pharmacy");
    /** The management interface of this server. */
    private static final String OWN = "identity";
    private static final String EVENTS = "events.subscribe";

    private final ClientProfiles profiles;
    private final SigningKeys keys;

    TokenClaims(ClientProfiles profiles, SigningKeys keys) {
        this.profiles = profiles;
        this.keys = keys;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        String client = Objects.requireNonNull(context.getRegisteredClient()).getClientId();
        context.getJwsHeader().algorithm(SignatureAlgorithm.RS256).keyId(keys.signing()).type("at+jwt");
        JwtClaimsSet.Builder claims = context.getClaims()
                .id(UUID.randomUUID().toString())
                .audience(audience(context.getAuthorizedScopes()))
                .claim("client_id", client);
        ClientProfile profile = profiles.of(client);
        limits(claims, profile.contract());
        if (context.getAuthorizationGrant() instanceof CitizenGrant grant) {
            claims.subject(grant.subject()).claim("assurance", grant.assurance()).claim("act", Map.of("sub", client));
            Optional.ofNullable(grant.idNumberDigest())
                    .ifPresent(digest -> claims.claim(IdNumberDigests.CLAIM, digest));
        } else {
            own(claims, profile);
        }
    }

    /** What the gateway allows it, where its contract says something of its own. */
    private static void limits(JwtClaimsSet.Builder claims, Contract contract) {
        Map<String, Object> limits = new TreeMap<>();
        Optional.ofNullable(contract.burst()).ifPresent(burst -> limits.put("burst", burst));
        Optional.ofNullable(contract.perSecond()).ifPresent(rate -> limits.put("perSecond", rate));
        Optional.ofNullable(contract.perDay()).ifPresent(quota -> limits.put("perDay", quota));
        if (!limits.isEmpty()) {
            claims.claim("limits", limits);
        }
    }

    private static void own(JwtClaimsSet.Builder claims, ClientProfile profile) {
        claims.subject(profile.subject()).claim("assurance", Assurance.NONE.claim());
        if (profile.org() != null) {
            claims.claim("org", profile.org());
        }
        if (!profile.roles().isEmpty()) {
            claims.claim("roles", List.copyOf(profile.roles()));
        }
    }

    /** The services of the scopes; events can be had from each of them. */
    static List<String> audience(Set<String> scopes) {
        return Stream.concat(SERVICES.stream().filter(service -> scopes.contains(EVENTS) || of(scopes, service)),
                Stream.of(OWN).filter(own -> of(scopes, own)))
                .sorted()
                .toList();
    }

    private static boolean of(Set<String> scopes, String service) {
        return scopes.stream().anyMatch(scope -> scope.startsWith(service + "."));
    }
}
