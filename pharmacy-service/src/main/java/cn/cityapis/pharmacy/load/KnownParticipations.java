package cn.cityapis.pharmacy.load;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of who takes part in which programme, as far as a file is about it.
 *
 * @param places by the office's code; of those that have none, by their id
 * @param periods of an institution in a programme, by their first day; no two share a day
 */
record KnownParticipations(Map<String, Place> places, Map<Part, NavigableMap<LocalDate, Period>> periods) {

    static final KnownParticipations NONE = new KnownParticipations(Map.of(), Map.of());

    @Nullable
    Period beginning(Part part, LocalDate since) {
        NavigableMap<LocalDate, Period> there = periods.get(part);
        return there == null ? null : there.get(since);
    }

    record Place(UUID id, String kind) {
    }

    record Part(UUID institution, Programme programme) {
    }

    /** @param until the last day; null while no end is known */
    record Period(LocalDate since, @Nullable LocalDate until) {

        boolean reaches(LocalDate day) {
            return until == null || !until.isBefore(day);
        }
    }
}
