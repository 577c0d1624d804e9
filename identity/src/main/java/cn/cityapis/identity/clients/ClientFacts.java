package cn.cityapis.identity.clients;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the audit trail tells of a client: all that decides whom it may be and what it may do, and no secret. */
public final class ClientFacts {

    private ClientFacts() {
    }

    /** Keys by their id and RFC 7638 thumbprint, so that one that was there for a moment only is known again. */
    public static Map<String, Object> of(String name, Set<String> scopes, ClientProfile profile) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", name);
        facts.put("authentication", profile.provesItselfByKey() ? "private_key_jwt" : "secret");
        facts.put("subject", profile.subject());
        facts.put("org", profile.org() == null ? "" : profile.org());
        facts.put("roles", new TreeSet<>(profile.roles()));
        facts.put("scopes", new TreeSet<>(scopes));
        facts.put("citizenScopes", new TreeSet<>(profile.citizenScopes()));
        facts.put("maxAssurance", profile.maxAssurance().claim());
        facts.put("assertionKeys", thumbprints(profile.assertionKeys()));
        facts.put("authenticationKeys", thumbprints(profile.authenticationKeys()));
        facts.put("contract", profile.contract());
        return facts;
    }

    private static Map<String, String> thumbprints(JWKSet keys) {
        Map<String, String> thumbprints = new LinkedHashMap<>();
        for (JWK key : keys.getKeys()) {
            try {
                thumbprints.put(String.valueOf(key.getKeyID()), key.computeThumbprint().toString());
            } catch (JOSEException e) {
                throw new IllegalStateException("SHA-256 is missing", e);
            }
        }
        return thumbprints;
    }
}
