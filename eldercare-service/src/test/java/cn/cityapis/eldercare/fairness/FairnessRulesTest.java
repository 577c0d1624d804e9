package cn.cityapis.eldercare.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.offer.Candidate;
import cn.cityapis.eldercare.offer.Candidate.Verdict;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry.Phase;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.eldercare.waitlist.OfferedBed;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fair history is proven; each fault planted in it is found. */
class FairnessRulesTest {

    private static final Instant NOON = Instant.parse("2024-03-04T04:00:00Z");
    private static final OfferedBed BED = new OfferedBed(UUID.randomUUID(), BedKind.NURSING,
            EnumSet.of(AbilityLevel.MODERATE, AbilityLevel.SEVERE), Needs.Sex.FEMALE, false);

    /** A history that a test may spoil before it is replayed. */
    private static final class History {

        final List<QueueEvent> events = new ArrayList<>();
        final List<Candidate> list = new ArrayList<>();
        final List<QueueReplay.Standing> standing = new ArrayList<>();
        Elsewhere elsewhere = new Elsewhere(Map.of());
        UUID listedEntry;
        long lastNumber;
        boolean offerStored = true;

        History() {
            enter(1, Channel.ORDINARY, 0, needs(AbilityLevel.INTACT, Needs.Sex.FEMALE), Phase.WAITING);
            enter(2, Channel.ORDINARY, 1, needs(null, Needs.Sex.FEMALE), Phase.PROVISIONAL);
            enter(3, Channel.ORDINARY, 2, needs(AbilityLevel.SEVERE, Needs.Sex.MALE), Phase.WAITING);
            enter(4, Channel.ORDINARY, 3, needs(AbilityLevel.SEVERE, Needs.Sex.FEMALE), Phase.WAITING);
            enter(5, Channel.ORDINARY, 4, needs(AbilityLevel.SEVERE, Needs.Sex.FEMALE), Phase.WAITING);
            enter(6, Channel.PRIORITY, 5, needs(AbilityLevel.SLIGHT, Needs.Sex.FEMALE), Phase.WAITING);
            list(6, Verdict.LEVEL_NOT_TAKEN);
            list(1, Verdict.LEVEL_NOT_TAKEN);
            list(2, Verdict.NOT_YET_ASSESSED);
            list(3, Verdict.SEX_DOES_NOT_FIT);
            list(4, Verdict.FITS);
            offer(4);
            lastNumber = events.size();
            events.stream().filter(event -> event.kind() == QueueEvent.Kind.ENTERED)
                    .forEach(event -> standing.add(standing(last(event.queueNumber()), true)));
            listedEntry = entered(4).entryId();
        }

        static Needs needs(@Nullable AbilityLevel level, Needs.Sex sex) {
            return new Needs(level, sex, Set.of());
        }

        static QueueReplay.Standing standing(QueueEvent event, boolean needsAsRecorded) {
            return new QueueReplay.Standing(event.entryId(), event.queueNumber(), event.channel(), event.appliedAt(),
                    event.phase(), event.reason(), needsAsRecorded);
        }

        private void enter(int number, Channel channel, int minute, Needs needs, Phase phase) {
            UUID home = new UUID(7, 7);
            events.add(new QueueEvent(home, events.size() + 1, QueueEvent.Kind.ENTERED, new UUID(1, number),
                    new UUID(2, number), number, channel, NOON.plus(Duration.ofMinutes(minute)), phase, needs, null,
                    null, null, NOON, NOON));
        }

        private void list(int number, Verdict verdict) {
            QueueEvent entry = entered(number);
            list.add(new Candidate(list.size() + 1, number, entry.channel(), entry.appliedAt(), verdict));
        }

        void offer(int number) {
            events.add(change(entered(number), QueueEvent.Kind.OFFERED, Phase.OFFERED, entered(number).needs()));
        }

        QueueEvent change(QueueEvent entry, QueueEvent.Kind kind, Phase phase, Needs needs) {
            boolean offered = kind == QueueEvent.Kind.OFFERED;
            Instant at = NOON.plus(Duration.ofHours(1));
            return new QueueEvent(entry.homeId(), events.size() + 1, kind, entry.entryId(), entry.applicationId(),
                    entry.queueNumber(), entry.channel(), entry.appliedAt(), phase, needs,
                    offered ? new UUID(3, entry.queueNumber()) : null, offered ? BED : null,
                    phase == Phase.ENDED ? "WITHDRAWN" : null, at, at);
        }

        /** Something that happened before the offer. */
        void before(QueueEvent event) {
            QueueEvent offer = events.removeLast();
            events.add(numbered(event, events.size() + 1));
            events.add(numbered(offer, events.size() + 1));
            lastNumber = events.size();
            standing.replaceAll(each -> each.entryId().equals(event.entryId()) ? standing(event, true) : each);
        }

        static QueueEvent numbered(QueueEvent e, long seq) {
            return new QueueEvent(e.homeId(), seq, e.kind(), e.entryId(), e.applicationId(), e.queueNumber(),
                    e.channel(), e.appliedAt(), e.phase(), e.needs(), e.offerId(), e.bed(), e.reason(), e.at(),
                    e.recordedAt());
        }

        void needs(int number, Needs needs, Phase phase) {
            before(change(entered(number), QueueEvent.Kind.CHANGED, phase, needs));
        }

        /** Wants two places together with that one, at a level that the bed takes. */
        void couple(int number, int other) {
            needs(number, needs(AbilityLevel.SEVERE, Needs.Sex.FEMALE).with(new UUID(2, other)), Phase.WAITING);
        }

        void verdict(int number, Verdict verdict) {
            list.replaceAll(line -> line.queueNumber() != number
                    ? line
                    : new Candidate(line.place(), number, line.channel(), line.appliedAt(), verdict));
        }

        QueueEvent entered(int number) {
            return events.stream().filter(event -> event.queueNumber() == number).findFirst().orElseThrow();
        }

        QueueEvent last(int number) {
            return events.stream().filter(event -> event.queueNumber() == number).reduce((a, b) -> b).orElseThrow();
        }

        void elsewhere(int number, int fromMinute, @Nullable Integer toMinute) {
            elsewhere = new Elsewhere(Map.of(entered(number).applicationId(), List.of(new Elsewhere.Span(
                    NOON.plus(Duration.ofMinutes(fromMinute)),
                    toMinute == null ? null : NOON.plus(Duration.ofMinutes(toMinute))))));
        }

        List<Violation> replay() {
            QueueReplay replay = new QueueReplay(elsewhere);
            List<Violation> found = new ArrayList<>();
            FrozenList frozen = offerStored ? new FrozenList(listedEntry, BED.bedId(), list) : null;
            events.forEach(event -> found.addAll(replay.accept(event, event.offerId() == null ? null : frozen)));
            replay.end(lastNumber);
            standing.forEach(replay::stands);
            found.addAll(replay.violations());
            return found;
        }
    }

    private static Arguments fault(String what, Fault expected, Consumer<History> planted) {
        return Arguments.of(what, expected, planted);
    }

    static Stream<Arguments> plantedFaults() {
        return Stream.of(
                fault("the bed went to the one behind", Fault.SKIPPED_WITHOUT_REASON, history -> {
                    history.events.removeLast();
                    history.offer(5);
                    history.verdict(4, Verdict.FITS);
                    history.listedEntry = history.entered(5).entryId();
                    history.list(5, Verdict.FITS);
                }),
                fault("somebody before is not on the list", Fault.SKIPPED_WITHOUT_REASON,
                        history -> history.list.remove(1)),
                fault("a whole channel is not on the list", Fault.SKIPPED_WITHOUT_REASON,
                        history -> history.list.removeFirst()),
                fault("he is said not to be assessed, but was", Fault.REASON_DOES_NOT_HOLD,
                        history -> history.needs(2, History.needs(AbilityLevel.SEVERE, Needs.Sex.FEMALE),
                                Phase.WAITING)),
                fault("his level is said not to be taken, but is", Fault.REASON_DOES_NOT_HOLD,
                        history -> history.needs(1, History.needs(AbilityLevel.MODERATE, Needs.Sex.FEMALE),
                                Phase.WAITING)),
                fault("his sex is said not to fit, but does", Fault.REASON_DOES_NOT_HOLD,
                        history -> history.verdict(1, Verdict.SEX_DOES_NOT_FIT)),
                fault("he is said not to want such a bed, but takes any", Fault.REASON_DOES_NOT_HOLD,
                        history -> history.verdict(3, Verdict.BED_KIND_NOT_WANTED)),
                fault("he is said to wait for somebody who is not in the queue", Fault.REASON_DOES_NOT_HOLD,
                        history -> {
                            history.couple(1, 99);
                            history.verdict(1, Verdict.WAITS_FOR_COMPANION);
                        }),
                fault("he is said to wait for somebody who does not wait for him", Fault.REASON_DOES_NOT_HOLD,
                        history -> {
                            history.couple(1, 5);
                            history.verdict(1, Verdict.WAITS_FOR_COMPANION);
                        }),
                fault("both are said to lack a second bed, but the other stands behind", Fault.REASON_DOES_NOT_HOLD,
                        history -> {
                            history.couple(1, 5);
                            history.couple(5, 1);
                            history.verdict(1, Verdict.NO_SECOND_BED);
                        }),
                fault("he is said to wait for one who stands before him", Fault.REASON_DOES_NOT_HOLD, history -> {
                    history.couple(1, 6);
                    history.couple(6, 1);
                    history.verdict(6, Verdict.WAITS_FOR_COMPANION);
                    history.verdict(1, Verdict.WAITS_FOR_COMPANION);
                }),
                fault("the bed is said to be for emergencies, but is not", Fault.REASON_DOES_NOT_HOLD,
                        history -> history.verdict(6, Verdict.EMERGENCY_BED_SPECIAL_ONLY)),
                fault("he is said to have an offer, but has none", Fault.REASON_DOES_NOT_HOLD,
                        history -> history.verdict(3, Verdict.OFFER_OPEN)),
                fault("his offer elsewhere was over long before", Fault.REASON_DOES_NOT_HOLD, history -> {
                    history.verdict(3, Verdict.OFFER_OPEN);
                    history.elsewhere(3, 0, 50);
                }),
                fault("the chosen one had an offer elsewhere", Fault.DOES_NOT_FIT,
                        history -> history.elsewhere(4, 0, null)),
                fault("the chosen one does not fit", Fault.DOES_NOT_FIT,
                        history -> history.needs(4, History.needs(AbilityLevel.SEVERE, Needs.Sex.MALE),
                                Phase.WAITING)),
                fault("the list is reversed", Fault.OUT_OF_ORDER, history -> {
                    Collections.reverse(history.list);
                    renumber(history);
                }),
                fault("two changed places", Fault.OUT_OF_ORDER, history -> {
                    Collections.swap(history.list, 1, 2);
                    renumber(history);
                }),
                fault("one is on the list twice", Fault.OUT_OF_ORDER, history -> {
                    history.list.add(2, history.list.get(1));
                    renumber(history);
                }),
                fault("the list gives another channel", Fault.LIST_MISSTATES,
                        history -> history.list.set(0,
                                new Candidate(1, 6, Channel.ORDINARY, NOON, Verdict.LEVEL_NOT_TAKEN))),
                fault("the list names somebody who had left", Fault.LIST_MISSTATES, history -> history.before(
                        history.change(history.entered(3), QueueEvent.Kind.ENDED, Phase.ENDED,
                                history.entered(3).needs()))),
                fault("the chosen one had left the queue", Fault.OFFERED_OUT_OF_QUEUE, history -> history.before(
                        history.change(history.entered(4), QueueEvent.Kind.ENDED, Phase.ENDED,
                                history.entered(4).needs()))),
                fault("the chosen one never entered", Fault.OFFERED_OUT_OF_QUEUE, history -> history.events.remove(3)),
                fault("an event was taken out", Fault.GAP_IN_LOG, history -> history.events.remove(4)),
                fault("the last event was taken out", Fault.GAP_IN_LOG, history -> history.events.removeLast()),
                fault("two events bear one number", Fault.GAP_IN_LOG,
                        history -> history.events.set(1, History.numbered(history.events.get(1), 1))),
                fault("the offer is not there", Fault.OFFER_MISSING, history -> history.offerStored = false),
                fault("the offer names another", Fault.OFFER_MISSING,
                        history -> history.listedEntry = history.entered(5).entryId()),
                fault("he entered twice", Fault.EVENT_OUT_OF_PLACE,
                        history -> history.before(History.numbered(history.entered(5), 0))),
                fault("his time of application moved", Fault.TIME_OF_APPLICATION_MOVED, history -> {
                    QueueEvent e = history.entered(5);
                    history.before(new QueueEvent(e.homeId(), 0, QueueEvent.Kind.CHANGED, e.entryId(),
                            e.applicationId(), 5, e.channel(), NOON.minusSeconds(60), e.phase(), e.needs(), null, null,
                            null, NOON, NOON));
                }),
                fault("an offer hidden in a change", Fault.OFFER_UNRECORDED, history -> history.before(
                        history.change(history.entered(5), QueueEvent.Kind.CHANGED, Phase.OFFERED,
                                history.entered(5).needs()))),
                fault("an entry moved to another channel without an event", Fault.CHANGED_UNRECORDED, history -> {
                    QueueReplay.Standing was = history.standing.getLast();
                    history.standing.set(5, new QueueReplay.Standing(was.entryId(), 6, Channel.SPECIAL,
                            was.appliedAt(), was.phase(), null, true));
                }),
                fault("needs changed without an event", Fault.CHANGED_UNRECORDED, history -> history.standing.set(0,
                        History.standing(history.last(1), false))),
                fault("an entry without any event", Fault.CHANGED_UNRECORDED, history -> history.standing.add(
                        new QueueReplay.Standing(new UUID(1, 99), 99, Channel.SPECIAL, NOON, Phase.WAITING, null,
                                true))));
    }

    private static void renumber(History history) {
        List<Candidate> lines = List.copyOf(history.list);
        history.list.clear();
        lines.forEach(line -> history.list.add(new Candidate(history.list.size() + 1, line.queueNumber(),
                line.channel(), line.appliedAt(), line.verdict())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void plantedFaults(String what, Fault expected, Consumer<History> planted) {
        History history = new History();
        planted.accept(history);
        assertThat(history.replay()).as(what).extracting(Violation::fault).contains(expected);
        assertThat(history.replay()).allSatisfy(violation -> assertThat(violation.basis()).isNotEmpty());
    }

    @Test
    void everyFaultIsPlantedOnce() {
        assertThat(plantedFaults().map(each -> each.get()[1]).distinct()).containsExactlyInAnyOrder(
                (Object[]) Fault.values());
    }

    @Nested
    @DisplayName("第八条, 第二十条: what is fair is proven")
    class Fair {

        @Test
        void everySkipHasAReasonThatWasTrue() {
            assertThat(new History().replay()).isEmpty();
        }

        @Test
        void anyTrueReasonWillDo() {
            History history = new History();
            history.needs(3, new Needs(AbilityLevel.INTACT, Needs.Sex.MALE, Set.of(BedKind.GENERAL)), Phase.WAITING);
            for (Verdict verdict : List.of(Verdict.LEVEL_NOT_TAKEN, Verdict.SEX_DOES_NOT_FIT,
                    Verdict.BED_KIND_NOT_WANTED)) {
                history.verdict(3, verdict);
                assertThat(history.replay()).as(verdict.name()).isEmpty();
            }
        }

        @Test
        void anOfferOfThisHomeIsAReason() {
            History history = new History();
            history.needs(1, History.needs(AbilityLevel.MODERATE, Needs.Sex.FEMALE), Phase.OFFERED);
            history.events.set(6, History.numbered(history.change(history.entered(1), QueueEvent.Kind.OFFERED,
                    Phase.OFFERED, History.needs(AbilityLevel.MODERATE, Needs.Sex.FEMALE)), 7));
            history.verdict(1, Verdict.OFFER_OPEN);
            assertThat(history.replay()).extracting(Violation::fault).doesNotContain(Fault.REASON_DOES_NOT_HOLD);
        }

        @Test
        @DisplayName("one of a couple waits for the other who stands behind, and both for a second bed")
        void aCoupleIsNotTornApart() {
            History history = new History();
            history.couple(6, 1);
            history.couple(1, 6);
            history.verdict(6, Verdict.WAITS_FOR_COMPANION);
            history.verdict(1, Verdict.NO_SECOND_BED);
            assertThat(history.replay()).isEmpty();
        }

        @Test
        void anOfferElsewhereIsAReasonWhileItWasOpen() {
            History history = new History();
            history.verdict(3, Verdict.OFFER_OPEN);
            history.elsewhere(3, 0, 90);
            assertThat(history.replay()).isEmpty();
        }

        @Test
        @DisplayName("two homes share no lock: within a minute either answer is true")
        void leewayOfAMinute() {
            History history = new History();
            history.elsewhere(4, 0, 60);
            assertThat(history.replay()).isEmpty();
            history.verdict(3, Verdict.OFFER_OPEN);
            history.elsewhere(3, 0, 59);
            assertThat(history.replay()).isEmpty();
        }
    }

    @Test
    @DisplayName("第二十五条: an emergency bed is for the special channel")
    void emergencyBed() {
        OfferedBed emergency = new OfferedBed(UUID.randomUUID(), BedKind.NURSING, EnumSet.of(AbilityLevel.SEVERE), null,
                true);
        QueueEvent ordinary = new History().entered(4);
        assertThat(SkipRules.holds(Verdict.EMERGENCY_BED_SPECIAL_ONLY, emergency, ordinary, false)).isTrue();
        assertThat(SkipRules.fits(emergency, ordinary, false)).isFalse();
    }

    @Test
    void idsAreOrderedAsTheDatabaseOrdersThem() {
        LiveQueue.Place low = new LiveQueue.Place(1, NOON, UUID.fromString("10000000-0000-7000-8000-000000000000"));
        LiveQueue.Place high = new LiveQueue.Place(1, NOON, UUID.fromString("f0000000-0000-7000-8000-000000000000"));
        assertThat(low).isLessThan(high);
    }
}
