package cn.cityapis.issuer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What an 18-digit citizen identity number (GB 11643-1999) must be like. */
public final class IdNumberRules {

    private static final Pattern FORM = Pattern.compile("[1-9]\\d{16}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    private IdNumberRules() {
    }

    /** Whether form, check digit and birth date are right. */
    public static boolean isValid(String number) {
        if (!FORM.matcher(number).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11) == number.charAt(17) && hasBirthDate(number);
    }

    /** @throws DateTimeException if there is no such day */
    public static LocalDate birthDate(String number) {
        return LocalDate.of(Integer.parseInt(number.substring(6, 10)), Integer.parseInt(number.substring(10, 12)),
                Integer.parseInt(number.substring(12, 14)));
    }

    private static boolean hasBirthDate(String number) {
        try {
            return birthDate(number).getYear() >= 1800;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
