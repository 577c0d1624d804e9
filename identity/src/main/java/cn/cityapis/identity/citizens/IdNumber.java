package cn.cityapis.identity.citizens;

import cn.cityapis.issuer.IdNumberRules;
import java.util.Locale;
import java.util.Optional;

/** A citizen's ID number, for as long as it takes to make a digest of it. Never kept, logged or given out. */
record IdNumber(String value) {

    /** Empty unless it is one; a small x is a capital one. */
    static Optional<IdNumber> parse(String text) {
        return Optional.of(text.toUpperCase(Locale.ROOT)).filter(IdNumberRules::isValid).map(IdNumber::new);
    }

    @Override
    public String toString() {
        return "IdNumber";
    }
}
