package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.problem.GatewayException;
import cn.cityapis.gateway.problem.GatewayProblem;
import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A body too large is refused by its announced length at once, and by its counted length where none is announced. */
@Component
@Order(RateLimit.AFTER_SECURITY + 1)
class BodyLimit implements WebFilter {

    private static final Pattern MATERIAL = Pattern.compile(
            "/api/eldercare/v1/.*/materials(/.*)?|/api/subsidy/v1/(insurance-filings|payment-runs)/.*"
                    + "|/api/subsidy/v1/applications/[^/]+/papers");
    private static final Pattern FILE = Pattern
            .compile("/api/(policy/v1/loads|pharmacy/v1/(stock|catalogue)-imports)(/.*)?");
    private static final Pattern BATCH = Pattern.compile("/api/subsidy/v1/batch-(evaluations|jobs)(/.*)?");

    private final GatewaySettings.Size size;

    BodyLimit(GatewaySettings settings) {
        this.size = settings.size();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        long announced = headers.getContentLength();
        // without either there is no body (RFC 9112, 6.3)
        if (announced <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return chain.filter(exchange);
        }
        DataSize limit = limit(exchange.getRequest().getPath().value());
        if (announced > limit.toBytes()) {
            return Mono.error(tooLarge(limit));
        }
        return announced >= 0
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate().request(new Counted(exchange.getRequest(), limit)).build());
    }

    private DataSize limit(String path) {
        if (BATCH.matcher(path).matches()) {
            return size.batch();
        }
        if (FILE.matcher(path).matches()) {
            return size.file();
        }
        return MATERIAL.matcher(path).matches() ? size.material() : size.usual();
    }

    private static GatewayException tooLarge(DataSize limit) {
        return new GatewayException(GatewayProblem.BODY_TOO_LARGE, "提交的内容超过 " + limit.toMegabytes() + " MB", null);
    }

    private static final class Counted extends ServerHttpRequestDecorator {

        private final DataSize limit;

        Counted(ServerHttpRequest request, DataSize limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            AtomicLong seen = new AtomicLong();
            return super.getBody().handle((part, sink) -> {
                if (seen.addAndGet(part.readableByteCount()) > limit.toBytes()) {
                    DataBufferUtils.release(part);
                    sink.error(tooLarge(limit));
                } else {
                    sink.next(part);
                }
            });
        }
    }
}
