package cn.cityapis.pharmacy.load;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** In what an institution can take part. */
enum Programme {

    CHAIN_PROCUREMENT("chain_procurement", "连锁药店集中采购"), PRIVATE_INSTITUTIONS("private_institutions", "民营医疗机构集中采购");

    private final String code;
    private final String chinese;

    Programme(String code, String chinese) {
        this.code = code;
        this.chinese = chinese;
    }

    String code() {
        return code;
    }

    /** What can be written, for a person to choose from. */
    static String all() {
        return Arrays.stream(values()).map(one -> one.code + "（" + one.chinese + "）").collect(Collectors.joining("、"));
    }

    /** By its code or by its Chinese name. */
    static Optional<Programme> parse(String text) {
        return Arrays.stream(values()).filter(one -> one.code.equals(text) || one.chinese.equals(text)).findFirst();
    }
}
