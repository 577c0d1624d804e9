package cn.cityapis.platform.pii;

import cn.cityapis.issuer.IdNumberRules;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** An 18-digit citizen identity number (GB 11643-1999) whose check digit and birth date have been verified. */
public record ResidentId(String value) {

    /** As the 17th digit tells. */
    public enum Sex {
        FEMALE, MALE
    }

    public ResidentId {
        if (!IdNumberRules.isValid(value)) {
            throw new IllegalArgumentException("Not an identity number");
        }
    }

    /** Empty unless form, birth date and check digit are right. Blanks around and a small x are forgiven. */
    public static Optional<ResidentId> parse(String text) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        return IdNumberRules.isValid(value) ? Optional.of(new ResidentId(value)) : Optional.empty();
    }

    public LocalDate birthDate() {
        return IdNumberRules.birthDate(value);
    }

    public Sex sex() {
        return (value.charAt(16) - '0') % 2 == 0 ? Sex.FEMALE : Sex.MALE;
    }

    @Override
    public String toString() {
        return Masking.idNumber(value);
    }
}
