package cn.cityapis.platform.pii;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An 18-digit citizen identity number (GB 11643-1999) whose check digit and birth date have been verified. */
public record ResidentId(String value) {

    /** As the 17th digit tells. */
    public enum Sex {
        FEMALE, MALE
    }

    private static final Pattern FORM = Pattern.compile("[1-9]\\d{16}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    public ResidentId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not an identity number");
        }
    }

    /** Empty unless form, birth date and check digit are right. Blanks around and a small x are forgiven. */
    public static Optional<ResidentId> parse(String text) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        return isValid(value) ? Optional.of(new ResidentId(value)) : Optional.empty();
    }

    public LocalDate birthDate() {
        return birthDate(value);
    }

    public Sex sex() {
        return (value.charAt(16) - '0') % 2 == 0 ? Sex.FEMALE : Sex.MALE;
    }

    private static LocalDate birthDate(String value) {
        return LocalDate.of(Integer.parseInt(value.substring(6, 10)), Integer.parseInt(value.substring(10, 12)),
                Integer.parseInt(value.substring(12, 14)));
    }

    private static boolean isValid(String value) {
        if (!FORM.matcher(value).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (value.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11) == value.charAt(17) && hasBirthDate(value);
    }

    private static boolean hasBirthDate(String value) {
        try {
            return birthDate(value).getYear() >= 1800;
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return Masking.idNumber(value);
    }
}
