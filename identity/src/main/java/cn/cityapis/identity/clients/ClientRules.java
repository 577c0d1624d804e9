package cn.cityapis.identity.clients;

import cn.cityapis.identity.problem.ProblemException;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What may be said of a client; everything that is wrong is named at once. */
final class ClientRules {

    static final Pattern SCOPE = Pattern
            .compile("(policy|eldercare|subsidy|pharmacy)\\.(read|apply|decide|admin)|events\\.subscribe"
                    + "|identity\\.admin");
    static final Pattern CLIENT_ID = Pattern.compile("[a-z0-9][a-z0-9-]{2,62}");
    private static final Set<String> ROLES = Set.of("home-operator", "assessor", "district", "city", "finance",
            "talent",
            "chain", "pharmacy", "supplier", "maker", "insurer", "auditor", "admin");
    private static final Set<String> FIELDS = Set.of("name", "authentication", "subject", "org", "roles", "scopes",
            "citizenScopes", "maxAssurance", "assertionKeys", "authenticationKeys", "contract");

    record NewClient(String clientId, ClientForm form) {
    }

    private ClientRules() {
    }

    /** @throws ProblemException naming all that is wrong */
    static ClientForm change(@Nullable JsonNode body) {
        FormReader reader = new FormReader(body, FIELDS);
        ClientForm form = read(reader);
        reader.throwIfAny();
        return form;
    }

    /** @throws ProblemException naming all that is wrong */
    static NewClient creation(@Nullable JsonNode body) {
        Set<String> fields = new HashSet<>(FIELDS);
        fields.add("clientId");
        FormReader reader = new FormReader(body, fields);
        String id = reader.text("clientId", 63, true);
        if (id != null && !CLIENT_ID.matcher(id).matches()) {
            reader.wrong("/clientId", "pattern", "client_id 由 3 到 63 个小写字母、数字和连字符组成，以字母或数字开头");
        }
        ClientForm form = read(reader);
        reader.throwIfAny();
        return new NewClient(String.valueOf(id), form);
    }

    private static ClientForm read(FormReader reader) {
        String name = reader.text("name", 100, true);
        String authentication = reader.oneOf("authentication", Set.of("secret", "private_key_jwt"), true);
        Set<String> scopes = reader.words("scopes", scope -> SCOPE.matcher(scope).matches(), "未知的 scope");
        Set<String> citizenScopes = reader.words("citizenScopes",
                scope -> SCOPE.matcher(scope).matches() && !scope.matches(".*\\.(decide|admin)"), "不能代表市民使用的 scope");
        String assurance = reader.oneOf("maxAssurance", Set.of("none", "openid", "real_name"), false);
        JWKSet assertionKeys = reader.keys("assertionKeys");
        ClientForm form = new ClientForm(String.valueOf(name), "private_key_jwt".equals(authentication),
                reader.text("subject", 200, false), reader.text("org", 100, false),
                reader.words("roles", ROLES::contains, "未知的角色"), scopes, citizenScopes,
                Assurance.parse(String.valueOf(assurance)).orElse(Assurance.NONE), assertionKeys,
                reader.keys("authenticationKeys"), contract(reader));
        together(form, reader);
        return form;
    }

    private static Contract contract(FormReader reader) {
        FormReader inner = reader.inside("contract", Set.of("burst", "perSecond", "perDay"));
        Long burst = inner.number("burst", 1, 100_000);
        Long perSecond = inner.number("perSecond", 1, 10_000);
        return new Contract(burst == null ? null : Math.toIntExact(burst),
                perSecond == null ? null : Math.toIntExact(perSecond), inner.number("perDay", 1, 1_000_000_000L));
    }

    /** What does not go together. */
    private static void together(ClientForm form, FormReader reader) {
        if (form.byKey() != !form.authenticationKeys().getKeys().isEmpty()) {
            reader.wrong("/authenticationKeys", "authentication-keys", form.byKey()
                    ? "以密钥签名认证（private_key_jwt）的客户端须登记公钥"
                    : "以密码认证的客户端不登记认证公钥");
        }
        boolean acts = !form.citizenScopes().isEmpty();
        if (acts && form.assertionKeys().getKeys().isEmpty()) {
            reader.wrong("/assertionKeys", "assertion-keys", "代表市民办事的客户端须登记断言公钥");
        }
        if (acts && form.maxAssurance() == Assurance.NONE) {
            reader.wrong("/maxAssurance", "max-assurance", "代表市民办事的客户端须写明可担保的实名程度：openid 或 real_name");
        }
        if (form.scopes().isEmpty() && !acts) {
            reader.wrong("/scopes", "required", "至少要有一个 scope");
        }
    }
}
