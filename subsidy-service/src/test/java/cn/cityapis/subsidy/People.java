package cn.cityapis.subsidy;

import cn.cityapis.platform.test.Tokens;

/** Callers and made-up persons for tests. */
public final class People {

    private People() {
    }

    public static String app() {
        return Tokens.client("demo-app").scopes("subsidy.read").token();
    }

    public static String citizen(String subject) {
        return Tokens.citizen(subject).scopes("subsidy.read", "subsidy.apply").token();
    }

    public static String district(String area) {
        return Tokens.operator("officer-" + area, area, "district").scopes("subsidy.read", "subsidy.decide").token();
    }

    public static String city() {
        return Tokens.operator("city-officer", "371000", "city", "finance").scopes("subsidy.read", "subsidy.decide")
                .token();
    }

    /** A valid identity number of 环翠区 with this birth date (yyyymmdd) and serial. */
    public static String idNumber(String birth, int serial) {
        String digits = "371002" + birth + String.format("%03d", serial);
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (digits.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return digits + "10X98765432".charAt(sum % 11);
    }
}
