package cn.cityapis.subsidy.ledger;

import cn.cityapis.subsidy.scheme.Funding;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which account of which budget. */
public record AccountKey(Budget budget, Kind kind) {

    /**
     * One share of one scheme's money for one year.
     *
     * @param area the city's code for its own share, the district's for a district's
     */
    public record Budget(String scheme, int year, Funding.Party party, String area) {

        public AccountKey account(Kind kind) {
            return new AccountKey(this, kind);
        }
    }

    /** What an account holds. */
    public enum Kind {
        /** Where appropriations come from: the only one below zero. */
        @JsonProperty("source")
        SOURCE, @JsonProperty("available")
        AVAILABLE, @JsonProperty("committed")
        COMMITTED,
        /** At the bank, which has not answered yet. */
        @JsonProperty("in-transit")
        IN_TRANSIT,
        @JsonProperty("paid")
        PAID,
        /** Claimed back from a payee who has not repaid it yet. */
        @JsonProperty("receivable")
        RECEIVABLE,
        /** The city's share in the hands of the district that is to pay it to an insurer. */
        @JsonProperty("city-funds")
        CITY_FUNDS;

        static Kind of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }
}
