package cn.cityapis.platform.security;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Which answers are the same for everybody, and that they say so. */
final class GoodForAll {

    private GoodForAll() {
    }

    /** Whether the answer is declared to be everybody's though it may depend on who asks. */
    static boolean isWronglySaid(RequestMappingInfo address, HandlerMethod handler) {
        Access access = handler.getMethodAnnotation(Access.class);
        return access != null && access.goodForAllSeconds() != 0
                && (access.goodForAllSeconds() < 0 || access.roles().length > 0 || access.citizen()
                        || !address.getMethodsCondition().getMethods().equals(Set.of(RequestMethod.GET))
                        || Arrays.stream(handler.getMethodParameters()).map(parameter -> parameter.getParameterType())
                                .anyMatch(type -> type == Caller.class || type == ServerWebExchange.class));
    }

    /** In the answer itself, if it becomes one. */
    static void say(ServerWebExchange exchange, @Nullable Access access) {
        if (access == null || access.goodForAllSeconds() == 0) {
            return;
        }
        ServerHttpResponse response = exchange.getResponse();
        response.beforeCommit(() -> {
            boolean answered = response.getStatusCode() == null || response.getStatusCode() == HttpStatus.OK
                    || response.getStatusCode() == HttpStatus.NOT_MODIFIED;
            if (answered) {
                say(response.getHeaders(), access.goodForAllSeconds());
            }
            return Mono.empty();
        });
    }

    /** The handler may know that this very answer is good for longer. */
    private static void say(HttpHeaders headers, int seconds) {
        String said = headers.getCacheControl();
        if (said == null || !said.contains("public")) {
            headers.setCacheControl(CacheControl.maxAge(Duration.ofSeconds(seconds)).cachePublic());
        }
        // what stands there for all others
        headers.remove(HttpHeaders.PRAGMA);
        headers.remove(HttpHeaders.EXPIRES);
    }
}
