package cn.cityapis.platform.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that it can be named at once: all of it, as far as it is no more than {@link #MOST}. */
public final class Violations {

    /** Who sends thousands of wrong values is told of the first; the answer must not grow with what he sends. */
    public static final int MOST = 100;
    private static final int LONGEST_POINTER = 300;

    private final List<Violation> found = new ArrayList<>();
    private boolean incomplete;

    public Violations add(String pointer, String code, String detail) {
        if (isFull()) {
            incomplete = true;
        } else {
            found.add(new Violation(shortened(pointer), code, detail));
        }
        return this;
    }

    /** Whether nothing more would be named. */
    public boolean isFull() {
        return found.size() >= MOST;
    }

    /** Not everything was looked at. */
    public void leaveIncomplete() {
        incomplete = true;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Violation> list() {
        return List.copyOf(found);
    }

    /** How many there are, in words for the caller. */
    public String count() {
        return incomplete
                ? "至少有 " + found.size() + " 处需要更正，这里只列出了这些"
                : "有 " + found.size() + " 处需要更正";
    }

    /** @throws ProblemException 400 {@code validation-failed} naming what was added, if anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, count(), list());
        }
    }

    /** Names of fields can be the caller's own: instead of an endless one, what it stands in is named. */
    private static String shortened(String pointer) {
        return pointer.length() <= LONGEST_POINTER
                ? pointer
                : pointer.substring(0, Math.max(0, pointer.lastIndexOf('/', LONGEST_POINTER)));
    }
}
