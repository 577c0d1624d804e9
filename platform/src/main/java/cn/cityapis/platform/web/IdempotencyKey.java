package cn.cityapis.platform.web;

import cn.cityapis.platform.security.Caller;
import org.springframework.web.server.ServerWebExchange;

/**
 * The {@code Idempotency-Key} of a request, with what it is scoped by. A controller takes it as a parameter; a request
 * without the header is refused (400).
 *
 * @param value 1 to 128 visible ASCII characters
 * @param operation method and path pattern
 */
public record IdempotencyKey(String value, Caller caller, String operation, ServerWebExchange exchange) {

    String method() {
        return exchange.getRequest().getMethod().name();
    }

    String path() {
        return exchange.getRequest().getPath().value();
    }
}
