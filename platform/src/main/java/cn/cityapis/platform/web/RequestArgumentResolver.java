package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.CallerArgumentResolver;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives a controller its {@link IdempotencyKey}, {@link IfMatch} and {@link PageRequest}. */
final class RequestArgumentResolver implements HandlerMethodArgumentResolver {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == IdempotencyKey.class || type == IfMatch.class || type == PageRequest.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        Class<?> type = parameter.getParameterType();
        if (type == IdempotencyKey.class) {
            return CallerArgumentResolver.current()
                    .map(caller -> new IdempotencyKey(key(exchange), caller, operation(exchange), exchange));
        }
        return Mono.fromSupplier(() -> type == IfMatch.class
                ? new IfMatch(exchange.getRequest().getHeaders().getFirst("If-Match"))
                : pageRequest(exchange));
    }

    private static String key(ServerWebExchange exchange) {
        String key = exchange.getRequest().getHeaders().getFirst("Idempotency-Key");
        if (key == null || key.isBlank()) {
            throw ProblemException.of(CommonProblem.IDEMPOTENCY_KEY_MISSING,
                    "请在 Idempotency-Key 请求头中给出一个唯一的值（如 UUID），重试时保持不变");
        }
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "Idempotency-Key 应为 1 至 128 个可见 ASCII 字符",
                    List.of(new Violation("Idempotency-Key", "format", "应为 1 至 128 个可见 ASCII 字符")));
        }
        return key;
    }

    private static String operation(ServerWebExchange exchange) {
        Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return exchange.getRequest().getMethod() + " " + (pattern == null ? exchange.getRequest().getPath() : pattern);
    }

    private static PageRequest pageRequest(ServerWebExchange exchange) {
        var query = exchange.getRequest().getQueryParams();
        String cursor = query.getFirst("cursor");
        return new PageRequest(limit(query.getFirst("limit")),
                cursor == null || cursor.isEmpty() ? List.of() : Cursor.decode(cursor));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        int limit = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > PageRequest.MAX_LIMIT) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "limit 应为 1 至 100 的整数",
                    List.of(new Violation("?limit", "out-of-range", "应为 1 至 100 的整数")));
        }
        return limit;
    }
}
