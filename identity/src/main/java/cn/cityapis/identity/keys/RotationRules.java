package cn.cityapis.identity.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When keys follow each other: published, then signing, then published only as long as one of their tokens lives. */
final class RotationRules {

    private RotationRules() {
    }

    /** When a new key has to be published now: the moment from which it is to sign. */
    static Optional<Instant> next(List<KeyTimes> keys, Instant now, RotationSettings settings) {
        if (signing(keys, now).isEmpty()) {
            return Optional.of(now);
        }
        KeyTimes newest = newest(keys);
        Instant due = newest.retiresAt() == null ? newest.signsFrom().plus(settings.every()) : now;
        if (now.isBefore(due.minus(settings.ahead()))) {
            return Optional.empty();
        }
        Instant earliest = now.plus(settings.ahead());
        return Optional.of(due.isAfter(earliest) ? due : earliest);
    }

    /** The keys that retire later than is written down, or of which nothing is written down yet. */
    static Map<String, Instant> retirements(List<KeyTimes> keys, Duration tokenLife, RotationSettings settings) {
        List<KeyTimes> inOrder = keys.stream().sorted(Comparator.comparing(KeyTimes::signsFrom)).toList();
        Map<String, Instant> changed = new LinkedHashMap<>();
        for (int i = 0; i + 1 < inOrder.size(); i++) {
            KeyTimes key = inOrder.get(i);
            Instant at = inOrder.get(i + 1).signsFrom().plus(tokenLife).plus(settings.margin());
            if (key.retiresAt() == null || key.retiresAt().isBefore(at)) {
                changed.put(key.kid(), at);
            }
        }
        return changed;
    }

    /** The key that was to retire for one that will not follow it any more: it goes on without an end. */
    static Optional<String> staying(List<KeyTimes> keys) {
        return keys.stream().max(Comparator.comparing(KeyTimes::signsFrom)).filter(key -> key.retiresAt() != null)
                .map(KeyTimes::kid);
    }

    /** The newest key that may sign already. */
    static Optional<KeyTimes> signing(List<KeyTimes> keys, Instant now) {
        return keys.stream().filter(key -> key.published(now) && !key.signsFrom().isAfter(now))
                .max(Comparator.comparing(KeyTimes::signsFrom));
    }

    static KeyTimes newest(List<KeyTimes> keys) {
        return keys.stream().max(Comparator.comparing(KeyTimes::signsFrom))
                .orElseThrow(() -> new IllegalStateException("There is no signing key"));
    }
}
