package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run, day by day. */
final class SimulatedYear {

    private record Waiting(int channel, Set<BedKind> fits, double since, double givesUp) {
    }

    private final RecordedFlow flow;
    private final SimulationSetting setting;
    private final SplittableRandom random;
    private final List<Map<Set<BedKind>, ArrayDeque<Waiting>>> queues = new ArrayList<>();
    private final Map<BedKind, Integer> free = new EnumMap<>(BedKind.class);
    private final double leaving;
    private final double givingUp;
    private final int[] placed = new int[Channel.values().length];
    private final double[] waited = new double[Channel.values().length];

    SimulatedYear(RecordedFlow flow, SimulationSetting setting, SplittableRandom random) {
        this.flow = flow;
        this.setting = setting;
        this.random = random;
        leaving = flow.placements() / (flow.days() * flow.allBeds());
        givingUp = flow.personDays() == 0 ? 0 : flow.otherEnds() / flow.personDays();
        for (int channel = 0; channel < placed.length; channel++) {
            queues.add(new HashMap<>());
        }
        for (BedKind kind : BedKind.values()) {
            free.put(kind, flow.free().getOrDefault(kind, 0) + setting.more(kind));
        }
        flow.waiting().stream().sorted(Comparator.comparingDouble(RecordedFlow.Applicant::daysWaited).reversed())
                .forEach(applicant -> join(applicant, -applicant.daysWaited(), 0));
    }

    void run() {
        serve(0);
        for (int day = 1; day <= SimulationRules.DAYS; day++) {
            int coming = flow.arrivals().isEmpty()
                    ? 0
                    : SimulationRules.poisson(flow.arrivals().size() / flow.days(), random);
            for (int i = 0; i < coming; i++) {
                join(flow.arrivals().get(random.nextInt(flow.arrivals().size())), day, day);
            }
            for (BedKind kind : BedKind.values()) {
                int taken = flow.beds().getOrDefault(kind, 0) + setting.more(kind) - free.getOrDefault(kind, 0);
                free.merge(kind, Math.min(Math.max(0, taken), SimulationRules.poisson(leaving * taken, random)),
                        Integer::sum);
            }
            serve(day);
        }
    }

    private void join(RecordedFlow.Applicant applicant, double since, double now) {
        double patience = givingUp == 0
                ? Double.MAX_VALUE
                : -Math.log(1 - random.nextDouble()) / givingUp;
        int channel = applicant.channel().ordinal();
        queues.get(channel).computeIfAbsent(applicant.fits(), fits -> new ArrayDeque<>())
                .add(new Waiting(channel, applicant.fits(), since, now + patience));
    }

    private void serve(int day) {
        for (BedKind kind : BedKind.values()) {
            Waiting next = first(kind, day);
            while (free.getOrDefault(kind, 0) > 0 && next != null) {
                queues.get(next.channel()).getOrDefault(next.fits(), new ArrayDeque<>()).poll();
                free.merge(kind, -1, Integer::sum);
                placed[next.channel()]++;
                waited[next.channel()] += day - next.since();
                next = first(kind, day);
            }
        }
    }

    /** By the order of channels, then of application; who gave up is not there any more. */
    private @Nullable Waiting first(BedKind kind, int day) {
        for (Channel channel : setting.order()) {
            Waiting first = null;
            for (Map.Entry<Set<BedKind>, ArrayDeque<Waiting>> queue : queues.get(channel.ordinal()).entrySet()) {
                if (queue.getKey().contains(kind)) {
                    Waiting head = head(queue.getValue(), day);
                    first = head != null && (first == null || head.since() < first.since()) ? head : first;
                }
            }
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    private static @Nullable Waiting head(ArrayDeque<Waiting> queue, int day) {
        Waiting head = queue.peek();
        while (head != null && head.givesUp() <= day) {
            queue.poll();
            head = queue.peek();
        }
        return head;
    }

    int placed(int channel) {
        return placed[channel];
    }

    double meanWait(int channel) {
        return waited[channel] / placed[channel];
    }

    long stillWaiting(int channel) {
        return queues.get(channel).values().stream().flatMap(ArrayDeque::stream)
                .filter(waiting -> waiting.givesUp() > SimulationRules.DAYS).count();
    }
}
