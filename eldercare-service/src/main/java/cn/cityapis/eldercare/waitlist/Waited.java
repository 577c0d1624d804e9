package cn.cityapis.eldercare.waitlist;

import org.jspecify.annotations.Nullable;

/**
 * Some who waited alike, as far as the period lets us see.
 *
 * @param seenFrom days after applying from which they are seen: 0, or as many as had passed when the period began
 * @param seenUntil days after applying until which they are seen
 * @param reason how it ended; null if they still waited at the end of the period
 */
public record Waited(int seenFrom, int seenUntil, @Nullable EndReason reason, int people) {
}
