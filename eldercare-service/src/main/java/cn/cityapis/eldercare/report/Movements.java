package cn.cityapis.eldercare.report;

import cn.cityapis.eldercare.waitlist.Channel;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the queues and offers recorded, counted by home, channel and month. */
record Movements(List<Entered> entered, List<Ended> ended, List<Made> made, List<Missed> missed) {

    /** Which home, channel and month; what was before the first month of the report is counted in the month before it. */
    record Key(UUID home, Channel channel, YearMonth month) {
    }

    record Entered(Key key, int count) {
    }

    /** @param medianDays of those who moved in; null if nobody did */
    record Ended(Key key, int admitted, int others, @Nullable Integer medianDays, @Nullable Integer longDays) {
    }

    record Made(Key key, int offers, int accepted, int refused, int lapsed) {
    }

    record Missed(Key key, int count) {
    }
}
