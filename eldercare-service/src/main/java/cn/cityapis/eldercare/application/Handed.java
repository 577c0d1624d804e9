package cn.cityapis.eldercare.application;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place in an order of time: when it was handed in, or objected to. */
public record Handed(Instant at, UUID id) {

    /** Null on the first page. */
    public static @Nullable Handed after(PageRequest page) {
        try {
            return page.isFirst()
                    ? null
                    : new Handed(Instant.parse(page.after().get(0)), UUID.fromString(page.after().get(1)));
        } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    public List<String> cursor() {
        return List.of(at.toString(), id.toString());
    }
}
