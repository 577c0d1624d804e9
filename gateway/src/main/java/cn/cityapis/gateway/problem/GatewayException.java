package cn.cityapis.gateway.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal of the gateway's own. */
public final class GatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GatewayProblem problem;
    private final @Nullable Duration retryAfter;

    public GatewayException(GatewayProblem problem) {
        this(problem, problem.title(), null);
    }

    /** @param detail Chinese, fit to be shown to a citizen */
    public GatewayException(GatewayProblem problem, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public GatewayProblem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
