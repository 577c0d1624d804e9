package cn.cityapis.gateway.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The arithmetic of the limits; the scripts in Redis do the same. */
final class CountingRules {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private CountingRules() {
    }

    /** @param tokens fractions too */
    record Level(double tokens, long atMillis) {
    }

    /** How full a bucket is now, before anything is taken; a clock that goes back changes nothing. */
    static Level filled(Limit.Bucket bucket, Level before, long nowMillis) {
        long since = Math.max(0, nowMillis - before.atMillis());
        return new Level(Math.min(bucket.quota(), before.tokens() + since * bucket.perSecond() / 1000),
                Math.max(before.atMillis(), nowMillis));
    }

    /** @param tokens left after this request */
    static Taken taken(Limit.Bucket bucket, boolean allowed, double tokens) {
        Duration wait = allowed ? Duration.ZERO : seconds((1 - tokens) / bucket.perSecond());
        return new Taken(bucket, allowed, (long) tokens, wait, seconds((bucket.quota() - tokens) / bucket.perSecond()));
    }

    /** @param used with this request, if it was allowed */
    static Taken taken(Limit.Day day, boolean allowed, long used, Instant now) {
        Duration left = Duration.between(now, nextDay(now));
        return new Taken(day, allowed, Math.max(0, day.quota() - used), allowed ? Duration.ZERO : left, left);
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZONE);
    }

    static Instant nextDay(Instant now) {
        return day(now).plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }
}
