package cn.cityapis.platform.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A replica that is told to end answers {@code Connection: close} for a while before it stops. The gateway keeps its
 * connections open; on one that is closed just as it is used again a write is lost, for nobody may send it twice.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Farewell implements WebFilter, SmartLifecycle {

    private final Duration length;
    private volatile boolean running;
    private volatile boolean ending;

    Farewell(Duration length) {
        this.length = length;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (ending) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        return chain.filter(exchange);
    }

    @Override
    public void start() {
        ending = false;
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable done) {
        ending = true;
        CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
            stop();
            done.run();
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before all others: the server takes calls until it is over. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
