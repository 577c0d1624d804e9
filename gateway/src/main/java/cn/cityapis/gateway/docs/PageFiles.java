package cn.cityapis.gateway.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.gateway.pages.PageAddresses;
import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
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
            MediaType.parseMediaType("text/javascript;charset=UTF-8"), "svg",
            MediaType.parseMediaType("image/svg+xml"), "java", MediaType.parseMediaType("text/plain;charset=UTF-8"));
    /** Address of each page of the developers, and the file that it is. */
    static final Map<String, String> DEVELOPERS = Map.of("/docs", "index.html", "/docs/token", "token.html",
            "/docs/walk-through", "walk-through.html", "/docs/console", "console.html", "/docs/webhooks",
            "webhooks.html",
            "/docs/webhooks/tester", "webhook-tester.html");
    /** Filled with the codes of the services that are up. */
    static final String ERRORS = "docs/errors.html";
    private static final List<String> OF_DEVELOPERS = List.of("docs.css", "portal.js", "errors.js", "catalogue.js",
            "signature.js", "webhook-tester.js");
    /** Whole programs, beside the pieces of them that the pages show. */
    private static final List<String> SAMPLES = List.of("WalkThrough.java", "walk-through.js");
    private static final List<String> SCRIPTS = List.of("style.css", "icon.svg", "api.js", "apply.js", "care-homes.js",
            "care-words.js", "charts.js", "dom.js", "early.js", "entitlements.js", "home.js", "links.js",
            "map.js",
            "medicine.js", "operators.js",
            "policy.js", "progress.js", "relations.js", "shell.js", "timeline.js", "words.js");
    /** What the pages know of the city, and all of it. */
    private static final List<String> CITY = List.of("city.js", "outline.js");
    private static final List<String> SWAGGER_UI = List.of("swagger-ui.css", "swagger-ui-bundle.js",
            "swagger-ui-standalone-preset.js");
    private static final List<String> LEAFLET = List.of("leaflet.css", "leaflet.js");
    /** What all pages of a kind share, and where a page has it as a comment: {@code <!--head-->}. */
    private static final List<String> SHARED = List.of("head", "header");

    private final Map<String, PageFile> files = new HashMap<>();

    private record PageFile(byte[] bytes, MediaType type, String etag) {
    }

    PageFiles(@Value("${gateway.swagger-ui}") String swaggerUi, @Value("${gateway.leaflet}") String leaflet,
            @Value("${gateway.chart-js}") String chartJs,
            @Value("${gateway.city-files}") Resource city, GatewaySettings settings) {
        OF_DEVELOPERS.forEach(name -> files.put("files/" + name, file(name, read("pages/docs/" + name))));
        SWAGGER_UI.forEach(name -> files.put("swagger-ui/" + name,
                file(name, read("META-INF/resources/webjars/swagger-ui/" + swaggerUi + "/" + name))));
        LEAFLET.forEach(name -> files.put("leaflet/" + name,
                file(name, read("META-INF/resources/webjars/leaflet/" + leaflet + "/dist/" + name))));
        files.put("chart/chart.umd.js", file("chart.umd.js",
                read("META-INF/resources/webjars/chart.js/" + chartJs + "/dist/chart.umd.js")));
        SCRIPTS.forEach(name -> files.put("citizen/" + name, file(name, read("pages/citizen/" + name))));
        CITY.forEach(name -> files.put("citizen/" + name, file(name, read(city, name))));
        SAMPLES.forEach(name -> files.put("samples/" + name, file(name, read("samples/" + name))));
        PageAddresses.PAGES.values().forEach(name -> page("citizen/", name, UnaryOperator.identity()));
        Samples samples = new Samples(name -> new String(read("samples/" + name), UTF_8), settings.publicUrl());
        DEVELOPERS.values().forEach(name -> page("docs/", name, samples::fill));
        page("docs/", "errors.html", UnaryOperator.identity());
    }

    private void page(String kind, String name, UnaryOperator<String> filled) {
        String page = filled.apply(new String(read("pages/" + kind + name), UTF_8));
        for (String part : SHARED) {
            page = page.replace("<!--" + part + "-->\n", new String(read("pages/" + kind + part + ".html"), UTF_8));
        }
        files.put(kind + name, file(name, page.getBytes(UTF_8)));
    }

    /** A file of ours as it stands, to be filled in. */
    String text(String name) {
        return new String(Objects.requireNonNull(files.get(name)).bytes(), UTF_8);
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

    private static PageFile file(String name, byte[] bytes) {
        MediaType type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), MediaType.TEXT_PLAIN);
        return new PageFile(bytes, type, "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"");
    }

    private static byte[] read(String path) {
        return read(new ClassPathResource("/"), path);
    }

    private static byte[] read(Resource folder, String name) {
        try {
            return folder.createRelative(name).getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
