package cn.cityapis.gateway.docs;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import cn.cityapis.gateway.pages.PageAddresses;
import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.route.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The pages of citizens and of developers, with the documents of all operations and the list of all refusals. */
@Configuration(proxyBeanMethods = false)
class Pages {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    @Bean
    RouterFunction<ServerResponse> publicPages(Upstream upstream, PageFiles files, WholeDocument whole) {
        RouterFunctions.Builder pages = route();
        PageAddresses.PAGES.forEach((address, name) -> pages.GET(address,
                request -> files.serve(request, "citizen/" + name)));
        PageFiles.DEVELOPERS.forEach((address, name) -> pages.GET(address,
                request -> files.serve(request, "docs/" + name)));
        return pages
                .GET("/pages/chart/{name}", request -> files.serve(request, "chart/" + request.pathVariable("name")))
                .GET("/pages/leaflet/{name}",
                        request -> files.serve(request, "leaflet/" + request.pathVariable("name")))
                .GET("/pages/{name:.+[.](?:css|js|svg)}",
                        request -> files.serve(request, "citizen/" + request.pathVariable("name")))
                .GET("/docs/errors", request -> upstream.problems()
                        .flatMap(problems -> errors(files.text(PageFiles.ERRORS), problems)))
                .GET("/docs/status", request -> upstream.status()
                        .flatMap(all -> ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(all)))
                .GET("/docs/openapi.json", whole::whole)
                .GET("/docs/openapi/identity", whole::identity)
                .GET("/docs/openapi/{service}", request -> upstream.document(service(request))
                        .flatMap(document -> ServerResponse.ok().cacheControl(CacheControl.noCache())
                                .contentType(MediaType.APPLICATION_JSON).bodyValue(document.bytes())))
                .GET("/docs/files/{name}", request -> files.serve(request, "files/" + request.pathVariable("name")))
                .GET("/docs/samples/{name}",
                        request -> files.serve(request, "samples/" + request.pathVariable("name")))
                .GET("/docs/swagger-ui/{name}",
                        request -> files.serve(request, "swagger-ui/" + request.pathVariable("name")))
                .build();
    }

    private static Service service(ServerRequest request) {
        String path = request.pathVariable("service");
        return Arrays.stream(Service.values()).filter(one -> one.path().equals(path)).findFirst()
                .orElseThrow(() -> new GatewayException(GatewayProblem.NOT_FOUND));
    }

    private static Mono<ServerResponse> errors(String page, Map<String, JsonNode> ofServices) {
        Map<String, String> rows = new TreeMap<>();
        for (GatewayProblem problem : GatewayProblem.values()) {
            rows.put(problem.code(), row(problem.code(), problem.status().value(), problem.title()));
        }
        ofServices.forEach((code, problem) -> rows.put(code,
                row(code, problem.path("status").asInt(), problem.path("title").asString())));
        return ServerResponse.ok().contentType(HTML).cacheControl(CacheControl.noCache())
                .bodyValue(page.replace("<!--codes-->", String.join("", rows.values())));
    }

    private static String row(String code, int status, String title) {
        String safe = HtmlUtils.htmlEscape(code);
        return "<tr id=\"" + safe + "\"><td><code>" + safe + "</code></td><td>" + status + "</td><td>"
                + HtmlUtils.htmlEscape(title) + "</td></tr>\n";
    }
}
