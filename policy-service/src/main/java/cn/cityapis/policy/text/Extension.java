package cn.cityapis.policy.text;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * That another document has prolonged the validity of this one. The longer validity follows the first without a gap, also where
 * it was declared later: what goes on being valid (继续有效) has never stopped.
 *
 * @param until   its last day; none where it goes on without an end
 * @param by      number of the prolonging document, or its title
 * @param article the article that says so, as printed
 */
public record Extension(@Nullable LocalDate until, String by, @Nullable String article) {
}
