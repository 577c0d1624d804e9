package cn.cityapis.platform.pii;

/** How personal data is shown where the clear text is not needed. */
public final class Masking {

    private Masking() {
    }

    /** 张三丰 → 张*: neither the given name nor its length. */
    public static String name(String name) {
        return name.isEmpty() ? "*" : name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
    }

    /** Only the area code's province: the birthday and the check digit give the person away. */
    public static String idNumber(String idNumber) {
        return idNumber.length() < 2 ? "*" : idNumber.substring(0, 2) + "*".repeat(idNumber.length() - 2);
    }

    /** 13812345678 → 138****5678. */
    public static String phone(String phone) {
        return phone.length() < 8
                ? "*".repeat(phone.length())
                : phone.substring(0, 3) + "*".repeat(phone.length() - 7) + phone.substring(phone.length() - 4);
    }
}
