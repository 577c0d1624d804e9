package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.offer.Candidate;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a replay adds up to; grows event by event, so that a long history is never held whole. */
final class Tally {

    static final int MOST_VIOLATIONS = 200;
    private static final int MOST_OFFERS = 100;
    private static final int MOST_SKIPS = 50;

    final Period period;
    final Deque<FairnessReport.Proof> latest = new ArrayDeque<>();
    final Map<Candidate.Verdict, Long> skips = new EnumMap<>(Candidate.Verdict.class);
    private final MessageDigest sha256 = sha256();
    final List<Violation> violations = new ArrayList<>();
    long events;
    long offers;
    long beforeTheLog;

    Tally(Period period) {
        this.period = period;
    }

    void add(QueueHistory.Recorded recorded, List<Violation> unfair) {
        QueueEvent event = recorded.event();
        sha256.update(line(event).getBytes(StandardCharsets.UTF_8));
        if (event.kind() == QueueEvent.Kind.OFFERED && period.holds(event.at())) {
            offers++;
            violations.addAll(unfair);
            proof(event, recorded.list(), unfair.isEmpty());
        }
    }

    private void proof(QueueEvent event, @Nullable FrozenList list, boolean fair) {
        List<FairnessReport.Skip> skipped = list == null
                ? List.of()
                : list.candidates().stream()
                        .filter(line -> line.queueNumber() != event.queueNumber())
                        .map(line -> new FairnessReport.Skip(line.queueNumber(), line.verdict()))
                        .toList();
        skipped.forEach(skip -> skips.merge(skip.reason(), 1L, Long::sum));
        latest.addFirst(new FairnessReport.Proof(Objects.requireNonNull(event.offerId()), event.seq(), event.at(),
                event.queueNumber(), event.channel(), fair, skipped.size(),
                skipped.stream().limit(MOST_SKIPS).toList()));
        if (latest.size() > MOST_OFFERS) {
            latest.removeLast();
        }
    }

    Tally closed(QueueReplay replay) {
        violations.addAll(replay.violations());
        events = replay.events();
        return this;
    }

    String digest() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Everything of an event but what is sealed. */
    private static String line(QueueEvent event) {
        return String.join("|", String.valueOf(event.seq()), event.kind().name(), event.entryId().toString(),
                String.valueOf(event.queueNumber()), event.channel().name(), event.appliedAt().toString(),
                event.phase().name(), String.valueOf(event.offerId()), String.valueOf(event.reason()),
                event.at().toString()) + "\n";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
