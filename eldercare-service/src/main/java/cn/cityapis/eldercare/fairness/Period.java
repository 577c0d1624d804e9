package cn.cityapis.eldercare.fairness;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Days of the city, both included; null is open. */
record Period(@Nullable LocalDate from, @Nullable LocalDate to) {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    boolean holds(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZONE);
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
