package cn.cityapis.identity.problem;

import java.util.List;

/** A refusal on its way to the caller; rendered as RFC 9457 at the edge. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final IdentityProblem problem;
    private final transient List<Violation> errors;

    private ProblemException(IdentityProblem problem, String detail, List<Violation> errors) {
        super(detail, null, false, false);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    public static ProblemException of(IdentityProblem problem) {
        return new ProblemException(problem, problem.title(), List.of());
    }

    public static ProblemException of(IdentityProblem problem, String detail) {
        return new ProblemException(problem, detail, List.of());
    }

    /** 400 {@code validation-failed}, naming all that is wrong. */
    public static ProblemException of(List<Violation> errors) {
        return new ProblemException(IdentityProblem.VALIDATION_FAILED, "有 " + errors.size() + " 处需要更正", errors);
    }

    public IdentityProblem problem() {
        return problem;
    }

    /** Chinese. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Violation> errors() {
        return errors;
    }
}
