package cn.cityapis.policy.text;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * That another document has ended this one.
 *
 * @param since   the first day on which it no longer holds; unknown where the repealing document is undated
 * @param by      number of the repealing document, or its title
 * @param article the article that says so, as printed
 * @param keeps   what goes on under the old rule
 */
public record Repeal(@Nullable LocalDate since, String by, @Nullable String article, @Nullable KeptAlive keeps) {

    boolean reached(LocalDate day) {
        return since == null || !day.isBefore(since);
    }
}
