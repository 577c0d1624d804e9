package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import java.util.List;
import java.util.Map;

/** What is asked: how many more beds of which kind, and in which order the channels are served. */
record SimulationSetting(Map<BedKind, Integer> moreBeds, List<Channel> order) {

    /** 第八条. */
    static final SimulationSetting TODAY = new SimulationSetting(Map.of(), List.of(Channel.values()));

    int more(BedKind kind) {
        return moreBeds.getOrDefault(kind, 0);
    }
}
