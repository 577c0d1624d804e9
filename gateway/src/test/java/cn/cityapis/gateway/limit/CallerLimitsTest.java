package cn.cityapis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerLimitsTest {

    private final CallerLimits limits = new CallerLimits(new GatewaySettings.Rate(200, 50));

    @Test
    void whoHasNoContractHasThePlatformsOwnForClientAndSubject() {
        assertThat(limits.of("app", "c-1", true, Map.of()))
                .containsExactly(new Limit.Bucket("caller", "app|c-1", 200, 50));
        assertThat(limits.of("chain", "buyer", false, Map.of()))
                .containsExactly(new Limit.Bucket("caller", "chain|buyer", 200, 50));
    }

    @Test
    void aContractReplacesItForTheClientsOwnRequests() {
        assertThat(limits.of("bank", "bank", false, Map.of("burst", 500L, "perSecond", 100L)))
                .containsExactly(new Limit.Bucket("client", "bank", 500, 100));
        assertThat(limits.of("bank", "bank", false, Map.of("burst", 500L)))
                .containsExactly(new Limit.Bucket("client", "bank", 500, 50));
    }

    @Test
    void oneCitizenNeverUsesUpTheContractOfHisApp() {
        assertThat(limits.of("app", "c-1", true, Map.of("perSecond", 900L))).containsExactly(
                new Limit.Bucket("caller", "app|c-1", 200, 50), new Limit.Bucket("client", "app", 200, 900));
    }

    @Test
    void aDaysQuotaIsTheClients() {
        assertThat(limits.of("bank", "bank", false, Map.of("perDay", 1000L))).containsExactly(
                new Limit.Bucket("caller", "bank|bank", 200, 50), new Limit.Day("day", "day|bank", 1000));
    }

    @Test
    void whatIsNoNumberIsNoContract() {
        assertThat(limits.of("bank", "bank", false, Map.of("burst", "many", "perSecond", -1, "perDay", 0)))
                .containsExactly(new Limit.Bucket("caller", "bank|bank", 200, 50));
    }

    @Test
    void aShareIsAtLeastOne() {
        assertThat(new Limit.Bucket("c", "k", 1, 1).share(4)).isEqualTo(new Limit.Bucket("c", "k", 1, 0.25));
        assertThat(new Limit.Day("d", "k", 100).share(4)).isEqualTo(new Limit.Day("d", "k", 25));
    }
}
