package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Which of a document's versions is meant. */
final class Versions {

    private Versions() {
    }

    /**
     * The version that was the current one on a day; the current one of today where none was held yet that day.
     *
     * @param currentFirst all versions: official before digest, later before earlier
     */
    static DocumentVersion on(List<DocumentVersion> currentFirst, LocalDate day, ZoneId zone) {
        return currentFirst.stream()
                .filter(version -> !version.recordedAt().atZoneSameInstant(zone).toLocalDate().isAfter(day))
                .findFirst().orElse(currentFirst.getFirst());
    }

    static Optional<DocumentVersion> numbered(List<DocumentVersion> all, int number) {
        return all.stream().filter(version -> version.version() == number).findFirst();
    }
}
