package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.offer.Candidate;
import cn.cityapis.eldercare.waitlist.OfferedBed;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 第八条, 第二十条: one offer held against the queue as it stood. Everybody who stood before must be on the frozen list, in
 * his place, with a reason that was true of him; and whoever got the bed must have waited for it and fit.
 */
final class FairnessRules {

    private final QueueEvent offered;
    private final LiveQueue queue;
    private final Elsewhere elsewhere;
    private final List<Violation> violations = new ArrayList<>();

    private FairnessRules(QueueEvent offered, LiveQueue queue, Elsewhere elsewhere) {
        this.offered = offered;
        this.queue = queue;
        this.elsewhere = elsewhere;
    }

    /**
     * @param offered the event of the offer
     * @param list what the offer says of itself; null if there is no such offer
     * @param queue as it stood just before
     */
    static List<Violation> check(QueueEvent offered, @Nullable FrozenList list, LiveQueue queue, Elsewhere elsewhere) {
        FairnessRules check = new FairnessRules(offered, queue, elsewhere);
        QueueEvent chosen = queue.numbered(offered.queueNumber());
        if (chosen == null || !chosen.entryId().equals(offered.entryId())) {
            check.found(Fault.OFFERED_OUT_OF_QUEUE, offered.queueNumber(), "排队号 " + offered.queueNumber());
        } else if (list == null) {
            check.found(Fault.OFFER_MISSING, offered.queueNumber(), "事件 " + offered.seq());
        } else {
            check.list(list, chosen, Objects.requireNonNull(offered.bed()));
        }
        return List.copyOf(check.violations);
    }

    private void list(FrozenList list, QueueEvent chosen, OfferedBed bed) {
        if (!list.entryId().equals(chosen.entryId()) || !list.bedId().equals(bed.bedId())) {
            found(Fault.OFFER_MISSING, chosen.queueNumber(), "通知所载的人或床位与事件 " + offered.seq() + " 不同");
        }
        Map<Integer, Candidate> listed = new HashMap<>();
        list.candidates().forEach(candidate -> listed.put(candidate.queueNumber(), candidate));
        for (QueueEvent before : queue.before(chosen)) {
            skipped(before, listed.get(before.queueNumber()), bed);
        }
        chosen(chosen, listed.get(chosen.queueNumber()), bed);
        order(list.candidates());
    }

    private void skipped(QueueEvent before, @Nullable Candidate line, OfferedBed bed) {
        int number = before.queueNumber();
        if (line == null || line.verdict() == Candidate.Verdict.FITS) {
            found(Fault.SKIPPED_WITHOUT_REASON, number, "排队号 " + number);
            return;
        }
        boolean open = elsewhere.mayBeOpen(before.applicationId(), offered.recordedAt());
        SkipRules.Companion companion = companion(before);
        if (!SkipRules.holds(line.verdict(), bed, before, open)
                && (companion == null || !SkipRules.holds(line.verdict(), companion))) {
            found(Fault.REASON_DOES_NOT_HOLD, number, "排队号 " + number + "，" + line.verdict());
        }
    }

    private SkipRules.@Nullable Companion companion(QueueEvent standing) {
        QueueEvent other = queue.companionOf(standing);
        return other == null
                ? null
                : new SkipRules.Companion(other, LiveQueue.Place.of(other).compareTo(LiveQueue.Place.of(standing)) < 0,
                        elsewhere.isOpen(other.applicationId(), offered.recordedAt()),
                        elsewhere.mayBeOpen(other.applicationId(), offered.recordedAt()));
    }

    private void chosen(QueueEvent chosen, @Nullable Candidate line, OfferedBed bed) {
        int number = chosen.queueNumber();
        if (line == null || line.verdict() != Candidate.Verdict.FITS) {
            found(Fault.LIST_MISSTATES, number, "所通知的排队号 " + number + " 在名单中不是适合");
        }
        UUID application = chosen.applicationId();
        if (!SkipRules.fits(bed, chosen, elsewhere.isOpen(application, offered.recordedAt()))) {
            found(Fault.DOES_NOT_FIT, number, "排队号 " + number);
        }
    }

    /** Each line names somebody who stood in the queue then, as he stood, and none stands before one who came first. */
    private void order(List<Candidate> candidates) {
        LiveQueue.Place last = null;
        int place = 0;
        for (Candidate line : candidates) {
            int number = line.queueNumber();
            QueueEvent standing = queue.numbered(number);
            place++;
            if (standing == null || place != line.place() || standing.channel() != line.channel()
                    || !standing.appliedAt().equals(line.appliedAt())) {
                found(Fault.LIST_MISSTATES, number, "第 " + line.place() + " 行，排队号 " + number);
                continue;
            }
            LiveQueue.Place stands = LiveQueue.Place.of(standing);
            if (last != null && stands.compareTo(last) <= 0) {
                found(Fault.OUT_OF_ORDER, number, "第 " + line.place() + " 行，排队号 " + number);
            }
            last = stands;
        }
    }

    private void found(Fault fault, int queueNumber, String facts) {
        violations.add(Violation.of(fault, facts, offered.seq(), offered.offerId(), queueNumber));
    }
}
