package cn.cityapis.platform.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stable code of a broken Bean Validation constraint. */
public final class ConstraintCodes {

    private static final Map<String, String> CODES = Map.ofEntries(Map.entry("NotNull", "missing"),
            Map.entry("NotBlank", "missing"), Map.entry("NotEmpty", "missing"), Map.entry("Size", "size"),
            Map.entry("Pattern", "format"), Map.entry("Min", "out-of-range"), Map.entry("Max", "out-of-range"),
            Map.entry("DecimalMin", "out-of-range"), Map.entry("DecimalMax", "out-of-range"),
            Map.entry("Positive", "out-of-range"), Map.entry("PositiveOrZero", "out-of-range"),
            Map.entry("Digits", "out-of-range"));

    private ConstraintCodes() {
    }

    /** @param constraint simple name of the annotation, e.g. {@code NotNull} */
    public static String of(@Nullable String constraint) {
        return CODES.getOrDefault(constraint == null ? "" : constraint, "invalid");
    }
}
