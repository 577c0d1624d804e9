package cn.cityapis.pharmacy.nearby;

import cn.cityapis.platform.problem.Violations;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads parameters that came as text, and collects all that is wrong with them. */
final class Asked {

    private Asked() {
    }

    static boolean flag(String pointer, @Nullable String text, Violations wrong) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            wrong.add(pointer, "wrong-type", "应为 true 或 false");
        }
        return "true".equals(text);
    }

    static int number(String pointer, @Nullable String text, int otherwise, int least, int most, Violations wrong) {
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("\\d{1,7}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            wrong.add(pointer, "out-of-range", "应为 " + least + " 至 " + most + " 的整数");
        }
        return number;
    }

    static Optional<UUID> id(String pointer, String text, Violations wrong) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return Optional.of(id);
            }
        } catch (IllegalArgumentException notAnId) {
            // named below, like an id that is only nearly one
        }
        wrong.add(pointer, "wrong-type", "应为药品编号（UUID）");
        return Optional.empty();
    }

    /** One to {@code most} ids, separated by commas, each once. */
    static List<UUID> ids(String pointer, @Nullable String text, int most, Violations wrong) {
        if (text == null || text.isBlank()) {
            wrong.add(pointer, "missing", "请给出药品编号，多个以逗号分隔");
            return List.of();
        }
        if (text.length() > most * 40) {
            wrong.add(pointer, "size", "至多 " + most + " 种药品");
            return List.of();
        }
        List<UUID> ids = Arrays.stream(text.split(",", -1)).map(String::strip).distinct()
                .flatMap(each -> id(pointer, each, wrong).stream()).toList();
        if (ids.size() > most) {
            wrong.add(pointer, "size", "至多 " + most + " 种药品");
        }
        return ids;
    }
}
