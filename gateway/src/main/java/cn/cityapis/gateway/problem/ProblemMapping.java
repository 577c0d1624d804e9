package cn.cityapis.gateway.problem;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.timeout.TimeoutException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Which refusal a failure becomes; what nobody foresaw is the gateway's own fault. */
final class ProblemMapping {

    private static final Duration SOON = Duration.ofSeconds(5);

    private ProblemMapping() {
    }

    static GatewayException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            GatewayException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return new GatewayException(GatewayProblem.INTERNAL);
    }

    private static @Nullable GatewayException known(Throwable cause) {
        return switch (cause) {
            case GatewayException own -> own;
            case CallNotPermittedException open -> unavailable();
            case BulkheadFullException full -> unavailable();
            case PoolAcquireTimeoutException busy -> unavailable();
            case PoolAcquirePendingLimitException busy -> unavailable();
            case ConnectException dead -> unavailable();
            case SocketException reset -> new GatewayException(GatewayProblem.BAD_GATEWAY);
            case UnknownHostException gone -> unavailable();
            case AuthenticationServiceException keys -> unavailable();
            case TimeoutException slow -> new GatewayException(GatewayProblem.TIMEOUT);
            case java.util.concurrent.TimeoutException slow -> new GatewayException(GatewayProblem.TIMEOUT);
            case PrematureCloseException broken -> new GatewayException(GatewayProblem.BAD_GATEWAY);
            case ResponseStatusException status -> status(status);
            default -> null;
        };
    }

    private static GatewayException unavailable() {
        return new GatewayException(GatewayProblem.UNAVAILABLE, GatewayProblem.UNAVAILABLE.title(), SOON);
    }

    private static GatewayException status(ResponseStatusException failure) {
        return switch (HttpStatus.resolve(failure.getStatusCode().value())) {
            case NOT_FOUND -> new GatewayException(GatewayProblem.NOT_FOUND);
            case METHOD_NOT_ALLOWED -> new GatewayException(GatewayProblem.METHOD_NOT_ALLOWED);
            case GATEWAY_TIMEOUT -> new GatewayException(GatewayProblem.TIMEOUT);
            case SERVICE_UNAVAILABLE -> unavailable();
            case CONTENT_TOO_LARGE -> new GatewayException(GatewayProblem.BODY_TOO_LARGE);
            case null, default -> new GatewayException(
                    failure.getStatusCode().is4xxClientError() ? GatewayProblem.BAD_REQUEST : GatewayProblem.INTERNAL);
        };
    }
}
