package cn.cityapis.platform.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns every error of a handler, a filter or the router into problem+json; logs only what we caused. */
@Order(-2)
public final class ProblemRenderer implements ErrorWebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    private final JsonMapper json;

    public ProblemRenderer(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        ProblemException problem = ProblemMapping.of(error);
        HttpStatus status = problem.code().status();
        if (status.is5xxServerError()) {
            RequestTrace.of(exchange.getRequest()).during(() -> log(exchange.getRequest(), status, error));
        }
        addHeaders(exchange.getResponse().getHeaders(), status, error);
        return write(exchange, problem);
    }

    private static void log(ServerHttpRequest request, HttpStatus status, Throwable error) {
        if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
            LOG.error("{} {} failed", request.getMethod(), RequestTrace.withoutNumbers(request.getPath().value()),
                    error);
        } else {
            LOG.warn("{} {} unavailable: {}", request.getMethod(),
                    RequestTrace.withoutNumbers(request.getPath().value()), error.toString());
        }
    }

    private static void addHeaders(HttpHeaders headers, HttpStatus status, Throwable error) {
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, "2");
        }
        if (status == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (error instanceof MethodNotAllowedException method) {
            headers.setAllow(method.getSupportedMethods());
        }
    }

    private Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        Problem body = Problem.of(problem.code(), problem.detail(), exchange.getRequest().getPath().value(),
                problem.errors(), problem.members());
        byte[] bytes = json.writeValueAsBytes(body);
        var response = exchange.getResponse();
        response.setStatusCode(problem.code().status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(bytes.length);
        response.getHeaders().setCacheControl("no-store");
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }
}
