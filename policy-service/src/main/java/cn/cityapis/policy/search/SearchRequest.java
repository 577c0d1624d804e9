package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.Optional;

import cn.cityapis.policy.text.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for.
 *
 * @param today    the day on which the status is shown
 * @param counted  whether documents are counted by organ, topic, kind, status and year
 * @param after    the last group of the page before
 * @param snapshot the state of the index the page before was read from
 */
record SearchRequest(String text, LocalDate today, Filters filters, Order order, boolean counted, int limit,
        Optional<Place> after, Optional<String> snapshot) {

    /** In which order documents come. */
    enum Order {
        RELEVANCE, DATE
    }

    /**
     * What a document must be; nothing where it may be anything.
     *
     * @param validOn     in force on this day
     * @param status      of this status today
     * @param issuer      of this organ, by its full name
     * @param responsible an article that makes this organ responsible, as the text calls it
     * @param amountMin   an article that names at least this sum, in fen
     */
    record Filters(@Nullable LocalDate validOn, @Nullable Status status, @Nullable String issuer,
            @Nullable String topic, @Nullable String kind, @Nullable String responsible,
            @Nullable LocalDate issuedFrom, @Nullable LocalDate issuedTo, @Nullable Long amountMin) {

        static final Filters NONE = new Filters(null, null, null, null, null, null, null, null, null);
    }

    /** Where a document stands in the result: by score or day, then by id. */
    record Place(double rank, String work) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byRank = Double.compare(other.rank, rank);
            return byRank != 0 ? byRank : work.compareTo(other.work);
        }
    }
}
