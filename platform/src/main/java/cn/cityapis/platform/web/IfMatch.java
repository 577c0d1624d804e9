package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The {@code If-Match} header of a request that changes a resource. A controller takes it as a parameter. */
public record IfMatch(@Nullable String value) {

    /**
     * Checks that the caller has seen this version. Call it where the effect begins: the idempotency key is looked at
     * first.
     *
     * @throws ProblemException 428 if the header is absent, 412 if it names another version
     */
    public void require(long version) {
        if (value == null || value.isBlank()) {
            throw ProblemException.of(CommonProblem.IF_MATCH_MISSING, "请先读取最新内容，并在 If-Match 中带上其 ETag");
        }
        if (!value.strip().equals(ETags.of(version))) {
            throw ProblemException.of(CommonProblem.STALE).with("currentETag", ETags.of(version));
        }
    }
}
