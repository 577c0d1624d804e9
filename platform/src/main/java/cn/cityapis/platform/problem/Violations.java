package cn.cityapis.platform.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that it can be named at once. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    public Violations add(String pointer, String code, String detail) {
        found.add(new Violation(pointer, code, detail));
        return this;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Violation> list() {
        return List.copyOf(found);
    }

    /** @throws ProblemException 400 {@code validation-failed} naming all that was added, if anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "有 " + found.size() + " 处需要更正", list());
        }
    }
}
