package cn.cityapis.platform.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Part of a list. */
public record Page<T>(@Schema(description = "本页内容") List<T> items,
        @Schema(description = "下一页的翻页标记；没有下一页时不出现") @Nullable String nextCursor) {

    /**
     * @param rows up to {@link PageRequest#rowsToRead()} rows, in the order of the list
     * @param key what {@link PageRequest#after()} needs to go on after a row
     */
    public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, List<String>> key) {
        if (rows.size() <= request.limit()) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> shown = List.copyOf(rows.subList(0, request.limit()));
        return new Page<>(shown, Cursor.encode(key.apply(shown.getLast())));
    }
}
