package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds a home's queue anew from its events, one after the other, and holds every offer against it. */
final class QueueReplay {

    private final Elsewhere elsewhere;
    private final LiveQueue queue = new LiveQueue();
    private final Map<UUID, QueueEvent> latest = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long seq;

    QueueReplay(Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** An entry as its table has it; {@code needsAsRecorded}: its needs are those of its last event. */
    record Standing(UUID entryId, int queueNumber, Channel channel, Instant appliedAt, Entry.Phase phase,
            @Nullable String endReason, boolean needsAsRecorded) {

        Standing withOtherNeeds() {
            return new Standing(entryId, queueNumber, channel, appliedAt, phase, endReason, false);
        }

        boolean is(QueueEvent event) {
            return queueNumber == event.queueNumber() && channel == event.channel()
                    && appliedAt.equals(event.appliedAt()) && phase == event.phase()
                    && Objects.equals(endReason, event.reason()) && needsAsRecorded;
        }
    }

    /** @return what is unfair in this offer, which {@link #violations} does not hold; empty for all other events */
    List<Violation> accept(QueueEvent event, @Nullable FrozenList list) {
        if (event.seq() != seq + 1) {
            found(Fault.GAP_IN_LOG, event, "编号 " + seq + " 之后为 " + event.seq());
        }
        seq = event.seq();
        QueueEvent before = latest.get(event.entryId());
        inPlace(event, before);
        List<Violation> unfair = event.kind() == QueueEvent.Kind.OFFERED
                ? FairnessRules.check(event, list, queue, elsewhere)
                : List.of();
        queue.replace(before, event);
        latest.put(event.entryId(), event);
        return unfair;
    }

    private void inPlace(QueueEvent event, @Nullable QueueEvent before) {
        boolean first = event.kind() == QueueEvent.Kind.ENTERED || event.kind() == QueueEvent.Kind.CARRIED_OVER;
        if (first != (before == null) || before != null && before.phase() == Entry.Phase.ENDED) {
            found(Fault.EVENT_OUT_OF_PLACE, event, "排队号 " + event.queueNumber() + "，" + event.kind());
        }
        if (before != null && (before.queueNumber() != event.queueNumber()
                || !before.applicationId().equals(event.applicationId()))) {
            found(Fault.EVENT_OUT_OF_PLACE, event, "排队号 " + before.queueNumber() + " 变为 " + event.queueNumber());
        }
        if (before != null && !before.appliedAt().equals(event.appliedAt()) && !startedAnew(before, event)) {
            found(Fault.TIME_OF_APPLICATION_MOVED, event, "排队号 " + event.queueNumber());
        }
        if ((event.phase() == Entry.Phase.OFFERED) && event.kind() == QueueEvent.Kind.CHANGED && before != null
                && before.phase() != Entry.Phase.OFFERED) {
            found(Fault.OFFER_UNRECORDED, event, "排队号 " + event.queueNumber());
        }
    }

    /** 第十四条: with its channel, the time of application may start anew, where the operator's option says so. */
    private static boolean startedAnew(QueueEvent before, QueueEvent event) {
        return before.channel() != event.channel() && event.appliedAt().isAfter(before.appliedAt());
    }

    /** After the last event: no later one may have been there. */
    void end(long lastNumber) {
        if (lastNumber != seq) {
            violations.add(Violation.of(Fault.GAP_IN_LOG, "已用到编号 " + lastNumber + "，最后一项事件为 " + seq, seq, null, null));
        }
    }

    /** What the table says must be what the events led to. */
    void stands(Standing entry) {
        QueueEvent event = latest.get(entry.entryId());
        if (event == null || !entry.is(event)) {
            violations.add(Violation.of(Fault.CHANGED_UNRECORDED, "排队号 " + entry.queueNumber(),
                    event == null ? null : event.seq(), null, entry.queueNumber()));
        }
    }

    /** An offer that no event tells of, though the log had begun. */
    void offeredUnrecorded(UUID offer, UUID entry, Instant madeAt) {
        QueueEvent event = latest.get(entry);
        violations.add(Violation.of(Fault.OFFER_UNRECORDED, "通知时间 " + madeAt, null, offer,
                event == null ? null : event.queueNumber()));
    }

    /** Of the log itself. */
    List<Violation> violations() {
        return List.copyOf(violations);
    }

    long events() {
        return seq;
    }

    private void found(Fault fault, QueueEvent event, String facts) {
        violations.add(Violation.of(fault, facts, event.seq(), event.offerId(), event.queueNumber()));
    }
}
