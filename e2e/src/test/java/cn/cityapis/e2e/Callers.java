package cn.cityapis.e2e;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.demo.DemoTokens;
import java.net.http.HttpClient;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/** Everybody who takes part in the walk-through, each with a real token of the running identity server. */
final class Callers {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final DemoTokens tokens;
    private final Citations citations = new Citations();
    private final Map<DemoIdentity, Api> known = new EnumMap<>(DemoIdentity.class);

    Callers(String url) {
        this.url = url;
        this.tokens = new DemoTokens(url, ProjectFiles.root());
    }

    Api as(DemoIdentity who) {
        return known.computeIfAbsent(who, identity -> new Api(client, url, tokens.token(identity), citations));
    }

    Api citizen(String externalId) {
        return new Api(client, url, tokens.citizen(externalId), citations);
    }

    /** The citizen of the demonstration, as a mini-program sees him that knows this ID number of his. */
    Api demoCitizen(String idNumber) {
        return new Api(client, url, tokens.citizen("demo", idNumber), citations);
    }

    /** For a program that asks for the citizen's token itself. */
    String assertion(String externalId) {
        return tokens.assertion(externalId);
    }

    Api anonymous() {
        return new Api(client, url, null, citations);
    }

    /** What all of them were referred to so far. */
    Citations citations() {
        return citations;
    }

    /** By the platform's clock. */
    LocalDate today() {
        return LocalDate.parse(as(DemoIdentity.APP).get("/api/policy/v1/documents?limit=1&q=" + Api.encoded("养老"))
                .expect(200).text("items.0.statusOn"));
    }

    /** The gateway's address. */
    String url() {
        return url;
    }
}
