package cn.cityapis.gateway.limit;

class MemoryCountersTest extends CountersContract {

    private final Counters counters = new MemoryCounters();

    @Override
    Counters counters() {
        return counters;
    }
}
