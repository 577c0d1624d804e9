package cn.cityapis.gateway.docs;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The documents that the build put into the jar: of all together and of identity, which serves none of its own. */
@Component
class WholeDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** In the order of the tags. */
    private static final List<String> PARTS = List.of("policy", "eldercare", "subsidy", "pharmacy", "identity");

    private final Mono<Served> whole;
    private final Mono<Served> identity;

    private record Served(byte[] bytes, String etag) {
    }

    WholeDocument(GatewaySettings settings) {
        this.whole = served(() -> MergedDocument.of(parts(), settings.publicUrl()));
        this.identity = served(() -> seenFromOutside(part("identity"), settings.publicUrl()));
    }

    /** By service. */
    static Map<String, ObjectNode> parts() throws IOException {
        Map<String, ObjectNode> parts = new LinkedHashMap<>();
        for (String service : PARTS) {
            parts.put(service, part(service));
        }
        return parts;
    }

    Mono<ServerResponse> whole(ServerRequest request) {
        return whole.flatMap(served -> serve(request, served));
    }

    Mono<ServerResponse> identity(ServerRequest request) {
        return identity.flatMap(served -> serve(request, served));
    }

    private static Mono<ServerResponse> serve(ServerRequest request, Served served) {
        return request.checkNotModified(served.etag()).switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON).eTag(served.etag())
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).mustRevalidate())
                .bodyValue(served.bytes())));
    }

    /** Made when first asked for, off the event loop. */
    private static Mono<Served> served(Callable<ObjectNode> document) {
        return Mono.fromCallable(document).map(made -> {
            byte[] bytes = JSON.writeValueAsBytes(made);
            return new Served(bytes, "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"");
        }).subscribeOn(Schedulers.boundedElastic()).cache();
    }

    private static ObjectNode seenFromOutside(ObjectNode document, String publicUrl) {
        document.putArray("servers").addObject().put("url", publicUrl);
        return document;
    }

    private static ObjectNode part(String service) throws IOException {
        return (ObjectNode) JSON.readTree(
                new ClassPathResource("openapi/" + service + "/openapi.json").getContentAsByteArray());
    }
}
