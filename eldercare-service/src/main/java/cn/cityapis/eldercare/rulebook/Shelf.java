package cn.cityapis.eldercare.rulebook;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rule books, the earliest first; each holds until the next begins, at the latest. */
record Shelf(List<RuleBook> books) {

    /** The latest that has begun by that day; the first of all before that. */
    RuleBook on(LocalDate day) {
        return books.reversed().stream().filter(book -> !book.inForceFrom().isAfter(day)).findFirst()
                .orElse(books.getFirst());
    }

    RuleBook of(String id) {
        return books.stream().filter(book -> book.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no rule book " + id));
    }

    @Nullable
    RuleBook find(@Nullable String id) {
        return books.stream().filter(book -> book.id().equals(id)).findFirst().orElse(null);
    }

    RuleBook latest() {
        return books.getLast();
    }
}
