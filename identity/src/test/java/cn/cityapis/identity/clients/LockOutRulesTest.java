package cn.cityapis.identity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockOutRulesTest {

    private static final Instant LAST = Instant.parse("2026-03-01T00:00:00Z");

    /** Four are mistakes, the fifth shuts out for thirty seconds, each further one for twice as long, 15 minutes at most. */
    @ParameterizedTest
    @CsvSource({"0,PT0S,", "4,PT0S,", "5,PT0S,PT30S", "5,PT29.999S,PT0.001S", "5,PT30S,", "6,PT0S,PT1M", "7,PT0S,PT2M",
            "9,PT0S,PT8M", "10,PT0S,PT15M", "1000,PT0S,PT15M", "1000,PT15M,"})
    void theMoreThereWereTheLonger(int times, Duration since, @Nullable Duration left) {
        assertThat(LockOutRules.left(times, LAST, LAST.plus(since))).isEqualTo(Optional.ofNullable(left));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7,203.0.113.7", "2001:db8:1:2:3:4:5:6,2001:db8:1:2::/64",
            "2001:db8:1:2:ffff::1,2001:db8:1:2::/64", "fe80::1%eth0,fe80:0:0:0::/64", "::ffff:203.0.113.7,203.0.113.7",
            "a:nonsense,unknown"})
    void aSubscribersWholeNetworkIsOne(String address, String network) {
        assertThat(LockOutRules.network(address)).isEqualTo(network);
    }
}
