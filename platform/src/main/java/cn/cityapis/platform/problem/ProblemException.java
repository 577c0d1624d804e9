package cn.cityapis.platform.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A refusal on its way to the caller; rendered as RFC 9457 at the edge. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemCode code;
    private final transient List<Violation> errors;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    private ProblemException(ProblemCode code, String detail, List<Violation> errors) {
        // expected refusals are many: no stack trace
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public static ProblemException of(ProblemCode code) {
        return new ProblemException(code, code.title(), List.of());
    }

    public static ProblemException of(ProblemCode code, String detail) {
        return new ProblemException(code, detail, List.of());
    }

    public static ProblemException of(ProblemCode code, String detail, List<Violation> errors) {
        return new ProblemException(code, detail, errors);
    }

    /** Adds an extension member, e.g. what would be possible instead. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    /** Chinese, fit to be shown to a citizen. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Violation> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return Map.copyOf(members);
    }
}
