package cn.cityapis.gateway.limit;

import java.time.Duration;

/** So much of something: named in the answer's headers, counted under a key. */
sealed interface Limit {

    String name();

    String key();

    long quota();

    /** A bucket of tokens: so many at once, so many a second in the long run. */
    record Bucket(String name, String key, long quota, double perSecond) implements Limit {

        /** From empty to full. */
        Duration refill() {
            return Duration.ofSeconds((long) Math.ceil(quota / perSecond));
        }
    }

    /** So many in one day of the city. */
    record Day(String name, String key, long quota) implements Limit {
    }

    /** A part of it, for one of so many gateways that cannot ask the others. */
    default Limit share(int gateways) {
        long part = Math.max(1, quota() / gateways);
        return switch (this) {
            case Bucket bucket -> new Bucket(bucket.name(), bucket.key(), part, bucket.perSecond() / gateways);
            case Day day -> new Day(day.name(), day.key(), part);
        };
    }

    default long windowSeconds() {
        return switch (this) {
            case Bucket bucket -> bucket.refill().toSeconds();
            case Day day -> Duration.ofDays(1).toSeconds();
        };
    }
}
