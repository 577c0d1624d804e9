package cn.cityapis.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class SharesTest {

    private final Shares shares = new Shares(50, 100, new SimpleMeterRegistry());

    private boolean taken(String caller, @Nullable String client) {
        return under(caller, client) != null;
    }

    /** One that hangs; null if it was refused. */
    private @Nullable Disposable under(String caller, @Nullable String client) {
        boolean[] refused = {false};
        Disposable call = shares.within(caller, client, Mono::never).subscribe(nothing -> {
        }, error -> refused[0] = true);
        return refused[0] ? null : call;
    }

    @Test
    void aClientLeavesRoomForOthersHoweverManyItActsFor() {
        long of = IntStream.range(0, 100).filter(i -> taken("app|c-" + i, "app")).count();
        assertThat(of).isEqualTo(75);
        assertThat(taken("other|c-1", "other")).isTrue();
        assertThat(taken("192.0.2.7", null)).isTrue();
    }

    @Test
    void oneCallerHasHisShareOfThat() {
        assertThat(IntStream.range(0, 100).filter(i -> taken("app|c-1", "app")).count()).isEqualTo(50);
        assertThat(IntStream.range(0, 100).filter(i -> taken("app|c-2", "app")).count()).isEqualTo(25);
    }

    @Test
    void whatEndsGivesBackBoth() {
        List<Disposable> calls = IntStream.range(0, 50).mapToObj(i -> under("app|c-1", "app")).toList();
        assertThat(taken("app|c-1", "app")).isFalse();
        calls.forEach(Disposable::dispose);
        assertThat(IntStream.range(0, 100).filter(i -> taken("app|c-" + i, "app")).count()).isEqualTo(75);
    }

    @Test
    void whoHasNoTokenIsCountedByHisNetworkAlone() {
        assertThat(IntStream.range(0, 100).filter(i -> taken("192.0.2." + i, null)).count()).isEqualTo(100);
    }
}
