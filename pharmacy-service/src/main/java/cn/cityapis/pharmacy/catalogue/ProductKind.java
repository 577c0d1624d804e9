package cn.cityapis.pharmacy.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a row of the catalogue is: a medicine, or what is procured beside medicines. */
public enum ProductKind {

    MEDICINE("药品"), DECOCTION_PIECE("中药饮片"), CONSUMABLE("耗材"), REAGENT("试剂");

    private final String chinese;

    ProductKind(String chinese) {
        this.chinese = chinese;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String chinese() {
        return chinese;
    }

    /** As the database keeps it: nothing for a medicine. */
    public @Nullable String stored() {
        return this == MEDICINE ? null : code();
    }

    public static ProductKind ofStored(@Nullable String stored) {
        return stored == null ? MEDICINE : parse(stored).orElseThrow();
    }

    /** By code or Chinese name. */
    public static Optional<ProductKind> parse(String name) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(name) || kind.chinese.equals(name))
                .findFirst();
    }
}
