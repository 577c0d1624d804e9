package cn.cityapis.trials.fuzz;

import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.demo.DemoTokens;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who asks: of each role one, a second citizen, nobody, and somebody with a token that is none. */
record Asker(String name, String token, Set<String> scopes, Set<String> roles, boolean citizen) {

    /** The ID number of the documents' example of an applicant for a subsidy. */
    private static final String EXAMPLE = "371002199405020017";

    static List<Asker> all(DemoTokens tokens) {
        List<Asker> all = new ArrayList<>();
        for (DemoIdentity who : DemoIdentity.values()) {
            all.add(of(who.word(), () -> tokens.token(who)));
        }
        all.add(of("citizen-2", () -> tokens.citizen("fuzz-2", EXAMPLE)));
        // for whose number nobody vouches: eldercare-service lets him file with any on the development stack
        all.add(of("citizen-3", () -> tokens.citizen("fuzz-3")));
        all.add(new Asker("nobody", "", Set.of(), Set.of(), false));
        all.add(new Asker("forger", "a.b.c", Set.of(), Set.of(), false));
        return List.copyOf(all);
    }

    static Asker of(String name, Supplier<String> issued) {
        String token = issued.get();
        JsonNode claims = JsonMapper.shared()
                .readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        JsonNode scope = claims.path("scope");
        Set<String> scopes = new TreeSet<>(scope.isArray()
                ? scope.valueStream().map(JsonNode::asString).toList()
                : List.of(scope.asString("").split(" ", -1)));
        Set<String> roles = new TreeSet<>(claims.path("roles").valueStream().map(JsonNode::asString).toList());
        return new Asker(name, token, scopes, roles, claims.path("assurance").asString("").equals("real_name"));
    }

    /** Whether the document lets this caller in. */
    boolean may(ApiOperation.Access access) {
        return scopes.contains(access.scope())
                && (access.roles().isEmpty() || access.roles().stream().anyMatch(roles::contains))
                && (!access.citizen() || citizen);
    }
}
