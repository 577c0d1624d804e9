package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.waitlist.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Many runs of one year. People come as often as they came in the recorded period; every bed that is taken is left as
 * often as beds were left (each placement needed one); who waits gives up as often as people did. A bed goes to the first
 * in the order whom it takes (第八条, 第二十条). Sex of rooms and emergency beds are left out.
 */
final class SimulationRules {

    static final int DAYS = 365;

    private SimulationRules() {
    }

    /** The same seed gives the same outcome, and the same chances to every setting. */
    static SimulationOutcome simulate(RecordedFlow flow, SimulationSetting setting, long seed, int runs) {
        int channels = Channel.values().length;
        double[][] placed = new double[channels][runs];
        double[][] waiting = new double[channels][runs];
        List<List<Double>> waits = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            waits.add(new ArrayList<>());
        }
        for (int run = 0; run < runs; run++) {
            SimulatedYear year = new SimulatedYear(flow, setting, new SplittableRandom(seed + run));
            year.run();
            for (int channel = 0; channel < channels; channel++) {
                placed[channel][run] = year.placed(channel);
                waiting[channel][run] = year.stillWaiting(channel);
                if (year.placed(channel) > 0) {
                    waits.get(channel).add(year.meanWait(channel));
                }
            }
        }
        return new SimulationOutcome(Arrays.stream(Channel.values()).map(channel -> outcome(channel,
                placed[channel.ordinal()], waiting[channel.ordinal()], waits.get(channel.ordinal()))).toList());
    }

    private static SimulationOutcome.ChannelOutcome outcome(Channel channel, double[] placed, double[] waiting,
            List<Double> waits) {
        return new SimulationOutcome.ChannelOutcome(channel, SimulationOutcome.Range.of(placed),
                SimulationOutcome.Range.of(waiting), waits.isEmpty()
                        ? null
                        : SimulationOutcome.Range.of(waits.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** What there is too little of to say anything; empty if it is enough. */
    static Optional<String> tooLittle(RecordedFlow flow, int leastPlacements) {
        if (flow.placements() < leastPlacements) {
            return Optional.of("数据不足：统计期内仅有 " + flow.placements() + " 例入住，少于模拟所需的 " + leastPlacements + " 例");
        }
        return flow.allBeds() == 0 ? Optional.of("数据不足：本机构没有在用的床位") : Optional.empty();
    }

    /** How often something happens that happens so often on average; for less than some thirty a day. */
    static int poisson(double mean, SplittableRandom random) {
        double limit = Math.exp(-Math.min(mean, 500));
        int count = -1;
        for (double product = 1; product > limit || count < 0; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
