package cn.cityapis.platform.security;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Asks, before anything of the body is read, whether the caller may use the handler that the request maps to. */
@Order(Ordered.LOWEST_PRECEDENCE - 100)
final class AccessFilter implements WebFilter, SmartInitializingSingleton {

    private static final String API = "/api/";

    private final RequestMappingHandlerMapping handlers;

    AccessFilter(RequestMappingHandlerMapping handlers) {
        this.handlers = handlers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> open = handlers.getHandlerMethods()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().getPatternsCondition().getPatterns().stream()
                        .anyMatch(pattern -> pattern.getPatternString().startsWith(API)))
                .filter(entry -> entry.getValue().getMethodAnnotation(Access.class) == null)
                .map(entry -> entry.getValue().toString())
                .toList();
        if (!open.isEmpty()) {
            throw new IllegalStateException("Handlers without @Access: " + open);
        }
        List<String> personal = handlers.getHandlerMethods().entrySet().stream()
                .filter(entry -> GoodForAll.isWronglySaid(entry.getKey(), entry.getValue()))
                .map(entry -> entry.getValue().toString()).toList();
        if (!personal.isEmpty()) {
            throw new IllegalStateException("Answers that are not good for all: " + personal);
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith(API)) {
            return chain.filter(exchange);
        }
        return handlers.getHandler(exchange)
                .ofType(HandlerMethod.class)
                .flatMap(handler -> ReactiveSecurityContextHolder.getContext()
                        .mapNotNull(AccessFilter::caller)
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.TOKEN_MISSING)))
                        .doOnNext(caller -> check(caller, handler.getMethodAnnotation(Access.class)))
                        .doOnNext(caller -> GoodForAll.say(exchange, handler.getMethodAnnotation(Access.class))))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static @Nullable Caller caller(SecurityContext context) {
        return context.getAuthentication() instanceof CallerAuthentication known ? known.getPrincipal() : null;
    }

    private static void check(Caller caller, @Nullable Access access) {
        if (access == null) {
            throw ProblemException.of(CommonProblem.FORBIDDEN);
        }
        if (!caller.hasScope(access.scope())) {
            throw ProblemException.of(CommonProblem.FORBIDDEN, "登录凭证没有 " + access.scope() + " 权限");
        }
        if (access.roles().length > 0 && Arrays.stream(access.roles()).noneMatch(caller::hasRole)) {
            throw ProblemException.of(CommonProblem.FORBIDDEN, "此操作只限以下角色：" + String.join("、", access.roles()));
        }
        if (access.citizen() && !caller.isCitizen()) {
            throw ProblemException.of(CommonProblem.REAL_NAME_REQUIRED);
        }
    }
}
