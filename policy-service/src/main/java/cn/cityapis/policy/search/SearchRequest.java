package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.Optional;

import cn.cityapis.policy.text.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for.
 *
 * @param today   the day on which the status is shown
 * @param validOn only documents in force on this day
 * @param status  only documents of this status today
 * @param issuer  only documents of this organ, by its full name
 * @param after   the last group of the page before
 */
record SearchRequest(String text, LocalDate today, @Nullable LocalDate validOn, @Nullable Status status,
        @Nullable String issuer, @Nullable String topic, int limit, Optional<Place> after) {

    /** Where a document stands in the result: by score, then by id. */
    record Place(float score, String work) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byScore = Float.compare(other.score, score);
            return byScore != 0 ? byScore : work.compareTo(other.work);
        }
    }
}
