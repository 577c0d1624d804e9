package cn.cityapis.gateway.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Every refusal of the gateway has the form that the services' refusals have (RFC 9457). */
@Component
@Order(-2)
public class ProblemRenderer implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    /** What a service had said of an answer that did not come. */
    private static final List<String> OF_THE_CONTENT = List.of(HttpHeaders.ETAG, HttpHeaders.LAST_MODIFIED,
            HttpHeaders.CONTENT_ENCODING, HttpHeaders.CONTENT_LANGUAGE, HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.CONTENT_RANGE, HttpHeaders.LOCATION);

    private final JsonMapper json;

    ProblemRenderer(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return BrokenAnswer.cutOff(exchange, failure);
        }
        GatewayException refusal = ProblemMapping.of(failure);
        if (refusal.problem() == GatewayProblem.INTERNAL) {
            LOG.error("{} {}", exchange.getRequest().getMethod(), exchange.getRequest().getPath(), failure);
        }
        return write(exchange, refusal);
    }

    private Mono<Void> write(ServerWebExchange exchange, GatewayException refusal) {
        GatewayProblem problem = refusal.problem();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "/docs/errors#" + problem.code());
        body.put("title", problem.title());
        body.put("status", problem.status().value());
        body.put("detail", refusal.detail());
        body.put("instance", exchange.getRequest().getPath().value());
        body.put("code", problem.code());
        byte[] bytes = json.writeValueAsBytes(body);
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(problem.status());
        HttpHeaders headers = response.getHeaders();
        OF_THE_CONTENT.forEach(headers::remove);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(bytes.length);
        headers.setCacheControl("no-store");
        if (refusal.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
        }
        if (problem == GatewayProblem.TOKEN_MISSING || problem == GatewayProblem.TOKEN_INVALID) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE,
                    problem == GatewayProblem.TOKEN_MISSING ? "Bearer" : "Bearer error=\"invalid_token\"");
        }
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }
}
