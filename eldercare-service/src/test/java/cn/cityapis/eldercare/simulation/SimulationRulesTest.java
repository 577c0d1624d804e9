package cn.cityapis.eldercare.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Cases whose truth is known without a simulation. */
class SimulationRulesTest {

    private static final LocalDate FROM = LocalDate.of(2025, 1, 1);
    private static final Set<BedKind> NURSING = Set.of(BedKind.NURSING);

    private static List<RecordedFlow.Applicant> waiting(int many, Channel channel, Set<BedKind> fits) {
        return Collections.nCopies(many, new RecordedFlow.Applicant(channel, fits, 10));
    }

    private static RecordedFlow flow(List<RecordedFlow.Applicant> arrivals, List<RecordedFlow.Applicant> waiting,
            int placements, int otherEnds, double personDays, int beds) {
        return new RecordedFlow(FROM, FROM.plusDays(365), arrivals, waiting, placements, otherEnds, personDays,
                Map.of(BedKind.NURSING, beds), Map.of());
    }

    private static SimulationOutcome.ChannelOutcome of(SimulationOutcome outcome, Channel channel) {
        return outcome.channels().get(channel.ordinal());
    }

    /** Fifty beds, each left once a year on average, always taken again: placements are Poisson with mean 50. */
    @Test
    void asManyArePlacedAsBedsAreLeft() {
        RecordedFlow flow = flow(List.of(), waiting(300, Channel.ORDINARY, NURSING), 50, 0, 0, 50);
        SimulationOutcome.ChannelOutcome ordinary = of(
                SimulationRules.simulate(flow, SimulationSetting.TODAY, 1, 1000), Channel.ORDINARY);
        assertThat(ordinary.placed().p10()).isBetween(40.0, 42.0);
        assertThat(ordinary.placed().p50()).isBetween(49.0, 51.0);
        assertThat(ordinary.placed().p90()).isBetween(58.0, 60.0);
        assertThat(ordinary.waitingAtEnd().p50()).isBetween(249.0, 251.0);
    }

    /** Ten are taken at once, and sixty are left once a year. */
    @Test
    void moreBedsPlaceThemselvesAndWhatIsLeftOfThem() {
        RecordedFlow flow = flow(List.of(), waiting(300, Channel.ORDINARY, NURSING), 50, 0, 0, 50);
        SimulationOutcome.ChannelOutcome ordinary = of(SimulationRules.simulate(flow,
                new SimulationSetting(Map.of(BedKind.NURSING, 10), List.of(Channel.values())), 1, 1000),
                Channel.ORDINARY);
        assertThat(ordinary.placed().p50()).isBetween(69.0, 71.0);
        assertThat(ordinary.placed().p10()).isBetween(59.0, 61.0);
    }

    @Test
    void bedsOfAKindThatNobodyNeedsPlaceNobody() {
        RecordedFlow flow = flow(List.of(), waiting(300, Channel.ORDINARY, NURSING), 50, 0, 0, 50);
        SimulationSetting more = new SimulationSetting(Map.of(BedKind.GENERAL, 10), List.of(Channel.values()));
        assertThat(of(SimulationRules.simulate(flow, more, 1, 400), Channel.ORDINARY).placed().p50())
                .isBetween(48.0, 52.0);
    }

    /** With a rate of ln 2 a year one in two gives up: Binomial(1000, 1/2). */
    @Test
    void whoWaitsGivesUpAsOftenAsRecorded() {
        double personDays = 365 * 1000 / Math.log(2);
        RecordedFlow flow = flow(List.of(), waiting(1000, Channel.ORDINARY, Set.of()), 50, 1000, personDays, 50);
        SimulationOutcome.ChannelOutcome ordinary = of(
                SimulationRules.simulate(flow, SimulationSetting.TODAY, 1, 400), Channel.ORDINARY);
        assertThat(ordinary.waitingAtEnd().p50()).isBetween(495.0, 505.0);
        assertThat(ordinary.waitingAtEnd().p10()).isBetween(474.0, 486.0);
        assertThat(ordinary.placed().p90()).isZero();
        assertThat(ordinary.meanWaitDays()).isNull();
    }

    /** A hundred and twenty a year come and nobody goes: Poisson with mean 120. */
    @Test
    void peopleComeAsOftenAsRecorded() {
        RecordedFlow flow = flow(waiting(120, Channel.PRIORITY, Set.of()), List.of(), 20, 0, 0, 20);
        SimulationOutcome.ChannelOutcome priority = of(
                SimulationRules.simulate(flow, SimulationSetting.TODAY, 1, 1000), Channel.PRIORITY);
        assertThat(priority.waitingAtEnd().p50()).isBetween(118.0, 122.0);
        assertThat(priority.waitingAtEnd().p90()).isBetween(131.0, 137.0);
    }

    /** Beds come free evenly over the year and the queue is longer: who moves in has waited his ten days and half of it. */
    @Test
    void theWaitIsFromTheDayOfApplication() {
        RecordedFlow flow = flow(List.of(), waiting(300, Channel.ORDINARY, NURSING), 50, 0, 0, 50);
        SimulationOutcome.Range wait = of(SimulationRules.simulate(flow, SimulationSetting.TODAY, 1, 1000),
                Channel.ORDINARY).meanWaitDays();
        assertThat(wait).isNotNull();
        assertThat(wait.p50()).isBetween(188.0, 198.0);
    }

    @Test
    @DisplayName("第八条: the order of the channels decides who is placed, and another order places others")
    void theOrderOfTheChannelsDecides() {
        List<RecordedFlow.Applicant> queue = Stream.concat(waiting(100, Channel.PRIORITY, NURSING).stream(),
                waiting(100, Channel.ORDINARY, NURSING).stream()).toList();
        RecordedFlow flow = flow(List.of(), queue, 30, 0, 0, 50);
        SimulationOutcome today = SimulationRules.simulate(flow, SimulationSetting.TODAY, 7, 200);
        assertThat(of(today, Channel.ORDINARY).placed().p90()).isZero();
        SimulationOutcome turned = SimulationRules.simulate(flow, new SimulationSetting(Map.of(),
                List.of(Channel.ORDINARY, Channel.PRIORITY, Channel.SPECIAL)), 7, 200);
        assertThat(of(turned, Channel.PRIORITY).placed().p90()).isZero();
        assertThat(of(turned, Channel.ORDINARY).placed()).isEqualTo(of(today, Channel.PRIORITY).placed());
    }

    @Test
    void theSameSeedGivesTheSameAndAnotherSomethingElse() {
        RecordedFlow flow = flow(waiting(40, Channel.ORDINARY, NURSING), waiting(30, Channel.ORDINARY, NURSING), 35, 5,
                9000, 50);
        SimulationOutcome one = SimulationRules.simulate(flow, SimulationSetting.TODAY, 5, 50);
        assertThat(SimulationRules.simulate(flow, SimulationSetting.TODAY, 5, 50)).isEqualTo(one);
        assertThat(SimulationRules.simulate(flow, SimulationSetting.TODAY, 500, 50)).isNotEqualTo(one);
    }

    @Test
    void saysSoWhereThereIsTooLittle() {
        assertThat(SimulationRules.tooLittle(flow(List.of(), List.of(), 19, 0, 0, 50), 20)).isPresent();
        assertThat(SimulationRules.tooLittle(flow(List.of(), List.of(), 20, 0, 0, 50), 20)).isEmpty();
        assertThat(SimulationRules.tooLittle(flow(List.of(), List.of(), 20, 0, 0, 0), 20)).isPresent();
    }
}
