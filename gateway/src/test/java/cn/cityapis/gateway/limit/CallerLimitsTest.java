package cn.cityapis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerLimitsTest {

    private static final String NETWORK = "192.0.2.7";

    private final CallerLimits limits = new CallerLimits(new GatewaySettings.Rate(200, 50), "pages");

    private List<Limit> of(String client, String subject, boolean acting, Map<String, ?> contract) {
        return limits.of(client, subject, acting, NETWORK, contract);
    }

    @Test
    void whoHasNoContractHasThePlatformsOwnForClientAndSubjectAndTheClientForAll() {
        assertThat(of("app", "c-1", true, Map.of())).containsExactly(new Limit.Bucket("caller", "app|c-1", 200, 50),
                new Limit.Bucket("client", "app", 2000, 500));
        assertThat(of("chain", "buyer", false, Map.of())).containsExactly(
                new Limit.Bucket("caller", "chain|buyer", 200, 50), new Limit.Bucket("client", "chain", 2000, 500));
        assertThat(of("bank", "bank", false, Map.of()))
                .containsExactly(new Limit.Bucket("caller", "bank|bank", 200, 50));
    }

    @Test
    void aContractReplacesItForTheClientsOwnRequests() {
        assertThat(of("bank", "bank", false, Map.of("burst", 500L, "perSecond", 100L)))
                .containsExactly(new Limit.Bucket("client", "bank", 500, 100));
        assertThat(of("bank", "bank", false, Map.of("burst", 500L)))
                .containsExactly(new Limit.Bucket("client", "bank", 500, 50));
    }

    @Test
    void oneCitizenNeverUsesUpTheContractOfHisApp() {
        assertThat(of("app", "c-1", true, Map.of("perSecond", 900L))).containsExactly(
                new Limit.Bucket("caller", "app|c-1", 200, 50), new Limit.Bucket("client", "app", 200, 900));
    }

    @Test
    void eachVisitorOfThePagesHasHisOwn() {
        assertThat(of("pages", "pages", false, Map.of()))
                .containsExactly(new Limit.Bucket("caller", "pages|" + NETWORK, 200, 50));
        assertThat(of("pages", "pages", false, Map.of("perSecond", 900L))).containsExactly(
                new Limit.Bucket("caller", "pages|" + NETWORK, 200, 50), new Limit.Bucket("client", "pages", 200, 900));
        assertThat(limits.caller("pages", "demo-citizen", true, NETWORK)).isEqualTo("pages|demo-citizen");
    }

    @Test
    void aDaysQuotaIsTheClients() {
        assertThat(of("bank", "bank", false, Map.of("perDay", 1000L))).containsExactly(
                new Limit.Bucket("caller", "bank|bank", 200, 50), new Limit.Day("day", "day|bank", 1000));
    }

    @Test
    void whatIsNoNumberIsNoContract() {
        assertThat(of("bank", "bank", false, Map.of("burst", "many", "perSecond", -1, "perDay", 0)))
                .containsExactly(new Limit.Bucket("caller", "bank|bank", 200, 50));
    }

    @Test
    void aShareIsAtLeastOne() {
        assertThat(new Limit.Bucket("c", "k", 1, 1).share(4)).isEqualTo(new Limit.Bucket("c", "k", 1, 0.25));
        assertThat(new Limit.Day("d", "k", 100).share(4)).isEqualTo(new Limit.Day("d", "k", 25));
    }
}
