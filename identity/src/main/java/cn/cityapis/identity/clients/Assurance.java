package cn.cityapis.identity.clients;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How well a citizen's identity is known, weakest first. A WeChat openid alone proves no identity. */
public enum Assurance {
    NONE, OPENID, REAL_NAME;

    /** As it stands in tokens. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean exceeds(Assurance limit) {
        return compareTo(limit) > 0;
    }

    public static Optional<Assurance> parse(String claim) {
        return Arrays.stream(values()).filter(one -> one.claim().equals(claim)).findFirst();
    }
}
