package cn.cityapis.pharmacy.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");

    @Test
    void isInStockUpToThreeDays() {
        assertThat(Freshness.of(NOW.minus(Duration.ofDays(3)), NOW, Duration.ofDays(3), ZONE))
                .isEqualTo(new Freshness(true, "有货（11月18日 09:30 上报）"));
    }

    @Test
    void isOnlySaidToBeInStockLater() {
        assertThat(Freshness.of(NOW.minus(Duration.ofDays(3)).minusMillis(1), NOW, Duration.ofDays(3), ZONE))
                .isEqualTo(new Freshness(false, "2026年11月18日报称有货，请先致电确认"));
    }
}
