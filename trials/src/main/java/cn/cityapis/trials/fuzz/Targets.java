package cn.cityapis.trials.fuzz;

import cn.cityapis.platform.test.ApiDocument;
import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.trials.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation that is reachable from outside, as the documents at the gateway describe it. */
final class Targets {

    static final List<String> SERVICES = List.of("policy", "eldercare", "subsidy", "pharmacy");

    private Targets() {
    }

    static List<Target> read(HttpClient http, Place place) throws IOException, InterruptedException {
        List<Target> all = new ArrayList<>();
        for (String service : SERVICES) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(place.url() + "/docs/openapi/" + service)).build(),
                    HttpResponse.BodyHandlers.ofString());
            all.addAll(of(service, JsonMapper.shared().readTree(answer.body())));
        }
        all.addAll(identity());
        return all;
    }

    static List<Target> of(String service, JsonNode document) {
        ApiDocument described = ApiDocument.of(document);
        Set<String> codes = described.problemCodes();
        return described.operations().stream().map(operation -> new Target(service, operation, codes)).toList();
    }

    /** Identity publishes no document: what clients send it is described beside this class. */
    static List<Target> identity() throws IOException {
        try (InputStream described = Targets.class.getResourceAsStream("identity.json")) {
            JsonNode document = JsonMapper.shared().readTree(Objects.requireNonNull(described));
            return of("identity", document);
        }
    }

    /** Names that ought to have been answered well at least once, were they all. */
    static Set<String> names(List<Target> targets) {
        Set<String> names = new TreeSet<>();
        targets.stream().map(Target::operation).map(ApiOperation::name).forEach(names::add);
        return names;
    }
}
