package cn.cityapis.policy.entitlement;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * One award clause of an article.
 *
 * @param amount    the sum or share, with its place
 * @param who       where the text says who gets it
 * @param condition where it says on what condition
 * @param audiences codes of the vocabulary
 * @param organs    who is responsible, as the article names them
 */
record Award(Amount amount, Support support, Span who, Span condition, List<String> audiences, List<String> organs) {

    /** In which form the support comes. */
    enum Support {
        REWARD, SUBSIDY, INTEREST, CREDIT, INSURANCE, FUNDING;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
