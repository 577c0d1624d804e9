package cn.cityapis.gateway.problem;

import cn.cityapis.gateway.settings.ExchangeFacts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An answer that has begun and cannot be brought to its end. Its connection is reset, so that nobody takes for whole what
 * he has got. Handed on, the failure would be told twice by Spring and Reactor Netty, as an error with its stack.
 */
final class BrokenAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenAnswer.class);

    private BrokenAnswer() {
    }

    static Mono<Void> cutOff(ServerWebExchange exchange, Throwable failure) {
        Channel caller = caller(exchange.getResponse());
        if (!caller.isActive()) {
            // the caller has gone: the access log has his request, and there is nobody to tell
            return Mono.empty();
        }
        tell(exchange, failure);
        caller.config().setOption(ChannelOption.SO_LINGER, 0);
        return FutureMono.from(caller.close());
    }

    private static void tell(ServerWebExchange exchange, Throwable failure) {
        GatewayProblem problem = ProblemMapping.of(failure).problem();
        String request = ExchangeFacts.requestId(exchange);
        if (problem == GatewayProblem.INTERNAL) {
            LOG.error("Answer cut off request={}", request, failure);
        } else {
            LOG.warn("Answer cut off request={}: {}, {}", request, problem.code(), failure.getMessage());
        }
    }

    private static Channel caller(ServerHttpResponse response) {
        AtomicReference<@Nullable Channel> caller = new AtomicReference<>();
        HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
        netty.withConnection(connection -> caller.set(connection.channel()));
        return Objects.requireNonNull(caller.get());
    }
}
