package cn.cityapis.subsidy;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import java.util.UUID;

/** Where a page begins, by the kind of key its list is ordered by. A cursor of another list is refused. */
public final class Cursors {

    private Cursors() {
    }

    /** @throws ProblemException 400 {@code invalid-cursor} */
    public static UUID idAfter(PageRequest page) {
        try {
            return page.isFirst() ? new UUID(0, 0) : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    /** @throws ProblemException 400 {@code invalid-cursor} */
    public static long numberAfter(PageRequest page) {
        try {
            return page.isFirst() ? 0 : Long.parseLong(page.after().getFirst());
        } catch (NumberFormatException e) {
            throw invalid(e);
        }
    }

    private static ProblemException invalid(RuntimeException cause) {
        ProblemException refusal = ProblemException.of(CommonProblem.INVALID_CURSOR);
        refusal.addSuppressed(cause);
        return refusal;
    }
}
