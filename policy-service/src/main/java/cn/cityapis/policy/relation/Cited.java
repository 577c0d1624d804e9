package cn.cityapis.policy.relation;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/** A document as another one names it: by number, by title, or by both. */
public record Cited(@Nullable DocumentNumber number, @Nullable String title) {

    public Cited {
        if (number == null && (title == null || title.isBlank())) {
            throw new IllegalArgumentException("cited by nothing");
        }
    }

    /** Empty where only the number is known. */
    String titleKey() {
        return title == null ? "" : TitleKey.of(title);
    }

    /** The same for every spelling: by number where there is one. */
    String key() {
        return number != null ? number.key() : "title:" + titleKey();
    }
}
