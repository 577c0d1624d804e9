package cn.cityapis.eldercare.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.home.BedType;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Needs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was recorded, as a simulation begins with it. */
class FlowRulesTest {

    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    private static final Instant START = Instant.parse("2025-12-31T16:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    private static final List<Homes.TypeCount> TYPES = List.of(type(BedKind.GENERAL, AbilityLevel.INTACT),
            type(BedKind.NURSING, AbilityLevel.SEVERE));

    private static Homes.TypeCount type(BedKind kind, AbilityLevel level) {
        return new Homes.TypeCount(UUID.randomUUID(), new BedType(UUID.randomUUID(), kind, EnumSet.of(level), 1), 10, 4,
                0, 0);
    }

    private static History.Recorded entry(Instant applied, @Nullable Instant ended, @Nullable String reason,
            @Nullable AbilityLevel level, BedKind... wanted) {
        return new History.Recorded(Channel.ORDINARY, applied, ended, reason,
                new Needs(level, Needs.Sex.FEMALE, Set.of(wanted)));
    }

    private static RecordedFlow flow(History.Recorded... entries) {
        return FlowRules.flow(List.of(entries), TYPES, FROM, NOW);
    }

    @Test
    void whoseLevelIsNotKnownMayNeedAnyKindHeWouldTake() {
        assertThat(flow(entry(START, null, null, null)).waiting().getFirst().fits())
                .containsExactlyInAnyOrder(BedKind.GENERAL, BedKind.NURSING);
        assertThat(flow(entry(START, null, null, null, BedKind.NURSING)).waiting().getFirst().fits())
                .containsExactly(BedKind.NURSING);
        assertThat(flow(entry(START, null, null, AbilityLevel.SEVERE)).waiting().getFirst().fits())
                .containsExactly(BedKind.NURSING);
    }

    @Test
    void arrivalsAreThoseOfThePeriodAndThoseWhoWaitAllWhoDo() {
        RecordedFlow flow = flow(entry(START.minusSeconds(1), null, null, AbilityLevel.SEVERE),
                entry(START, null, null, AbilityLevel.SEVERE),
                entry(START, START.plusSeconds(864_000), "WITHDRAWN", AbilityLevel.SEVERE),
                entry(START, START.plusSeconds(86_400), "ADMITTED", AbilityLevel.SEVERE));
        assertThat(flow.arrivals()).hasSize(3);
        assertThat(flow.waiting()).hasSize(2);
        assertThat(flow.placements()).isEqualTo(1);
        assertThat(flow.otherEnds()).isEqualTo(1);
    }

    @Test
    void onlyDaysOfThePeriodCount() {
        Instant tenDaysIn = START.plusSeconds(864_000);
        assertThat(flow(entry(START.minusSeconds(864_000), tenDaysIn, "WITHDRAWN", null)).personDays()).isEqualTo(10.0);
        assertThat(flow(entry(START.minusSeconds(864_000), START.minusSeconds(1), "WITHDRAWN", null)).personDays())
                .isZero();
    }
}
