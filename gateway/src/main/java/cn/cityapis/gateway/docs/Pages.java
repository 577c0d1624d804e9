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

/** The pages of citizens, the catalogue of all operations, and the list of all refusals. */
@Configuration(proxyBeanMethods = false)
class Pages {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    @Bean
    RouterFunction<ServerResponse> publicPages(Upstream upstream, PageFiles files, WholeDocument whole) {
        RouterFunctions.Builder pages = route();
        PageAddresses.PAGES.forEach((address, name) -> pages.GET(address,
                request -> files.serve(request, "citizen/" + name)));
        return pages
                .GET("/pages/chart/{name}", request -> files.serve(request, "chart/" + request.pathVariable("name")))
                .GET("/pages/leaflet/{name}",
                        request -> files.serve(request, "leaflet/" + request.pathVariable("name")))
                .GET("/pages/{name:.+[.](?:css|js|svg)}",
                        request -> files.serve(request, "citizen/" + request.pathVariable("name")))
                .GET("/docs", request -> files.serve(request, "docs.html"))
                .GET("/docs/webhooks", request -> files.serve(request, "webhooks.html"))
                .GET("/docs/errors", request -> upstream.problems().flatMap(Pages::errors))
                .GET("/docs/status", request -> upstream.status()
                        .flatMap(all -> ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(all)))
                .GET("/docs/openapi.json", whole::whole)
                .GET("/docs/openapi/identity", whole::identity)
                .GET("/docs/openapi/{service}", request -> upstream.document(service(request))
                        .flatMap(document -> ServerResponse.ok().cacheControl(CacheControl.noCache())
                                .contentType(MediaType.APPLICATION_JSON).bodyValue(document)))
                .GET("/docs/files/{name}", request -> files.serve(request, "files/" + request.pathVariable("name")))
                .GET("/docs/swagger-ui/{name}",
                        request -> files.serve(request, "swagger-ui/" + request.pathVariable("name")))
                .build();
    }

    private static Service service(ServerRequest request) {
        String path = request.pathVariable("service");
        return Arrays.stream(Service.values()).filter(one -> one.path().equals(path)).findFirst()
                .orElseThrow(() -> new GatewayException(GatewayProblem.NOT_FOUND));
    }

    private static Mono<ServerResponse> errors(Map<String, JsonNode> ofServices) {
        Map<String, String> rows = new TreeMap<>();
        for (GatewayProblem problem : GatewayProblem.values()) {
            rows.put(problem.code(), row(problem.code(), problem.status().value(), problem.title()));
        }
        ofServices.forEach((code, problem) -> rows.put(code,
                row(code, problem.path("status").asInt(), problem.path("title").asString())));
        return ServerResponse.ok().contentType(HTML).cacheControl(CacheControl.noCache())
                .bodyValue(ERRORS.formatted(String.join("", rows.values())));
    }

    private static String row(String code, int status, String title) {
        String safe = HtmlUtils.htmlEscape(code);
        return "<tr id=\"" + safe + "\"><td><code>" + safe + "</code></td><td>" + status + "</td><td>"
                + HtmlUtils.htmlEscape(title) + "</td></tr>\n";
    }

    private static final String ERRORS = """
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>错误代码</title>
            <link rel="stylesheet" href="/docs/files/pages.css">
            </head>
            <body>
            <main>
            <p><a href="/">首页</a> · <a href="/docs">接口文档</a></p>
            <h1>错误代码</h1>
            <p>出错时返回 <code>application/problem+json</code>（RFC 9457）：<code>code</code> 不会改变，<code>detail</code> 可直接展示给用户，
            <code>errors</code> 一次列出全部问题。</p>
            <table>
            <thead><tr><th>code</th><th>状态码</th><th>含义</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            </main>
            </body>
            </html>
            """;
}
