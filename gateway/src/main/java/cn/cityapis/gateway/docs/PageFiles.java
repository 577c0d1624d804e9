package cn.cityapis.gateway.docs;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** All files of the pages, read once at the start: reading one out of a jar would block an event loop. */
@Component
class PageFiles {

    private static final Map<String, MediaType> TYPES = Map.of("html",
            MediaType.parseMediaType("text/html;charset=UTF-8"),
            "css", MediaType.parseMediaType("text/css;charset=UTF-8"), "js",
            MediaType.parseMediaType("text/javascript;charset=UTF-8"));
    private static final List<String> OWN = List.of("index.html", "docs.html", "webhooks.html", "files/pages.css",
            "files/catalogue.js", "files/status.js");
    private static final List<String> SWAGGER_UI = List.of("swagger-ui.css", "swagger-ui-bundle.js",
            "swagger-ui-standalone-preset.js");

    private final Map<String, PageFile> files = new HashMap<>();

    private record PageFile(byte[] bytes, MediaType type, String etag) {
    }

    PageFiles(@Value("${gateway.swagger-ui}") String swaggerUi) {
        OWN.forEach(name -> files.put(name, read("pages/" + name)));
        SWAGGER_UI.forEach(name -> files.put("swagger-ui/" + name,
                read("META-INF/resources/webjars/swagger-ui/" + swaggerUi + "/" + name)));
    }

    Mono<ServerResponse> serve(ServerRequest request, String name) {
        PageFile file = files.get(name);
        if (file == null) {
            return Mono.error(new GatewayException(GatewayProblem.NOT_FOUND));
        }
        return request.checkNotModified(file.etag()).switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
                .contentType(file.type())
                .eTag(file.etag())
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).mustRevalidate())
                .bodyValue(file.bytes())));
    }

    private static PageFile read(String path) {
        try {
            byte[] bytes = new ClassPathResource(path).getContentAsByteArray();
            MediaType type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), MediaType.TEXT_PLAIN);
            return new PageFile(bytes, type, "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
