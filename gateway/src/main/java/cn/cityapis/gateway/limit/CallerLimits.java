package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which limits hold for a caller: the platform's own, and those of the contract in the client's token. */
final class CallerLimits {

    private final GatewaySettings.Rate rate;

    CallerLimits(GatewaySettings.Rate rate) {
        this.rate = rate;
    }

    /**
     * @param client of the token
     * @param acting whether it acts for somebody else, a citizen
     * @param contract claim {@code limits}: {@code burst}, {@code perSecond}, {@code perDay}
     */
    List<Limit> of(String client, String subject, boolean acting, Map<String, ?> contract) {
        List<Limit> limits = new ArrayList<>();
        Optional<Long> burst = number(contract.get("burst"));
        Optional<Long> perSecond = number(contract.get("perSecond"));
        boolean agreed = burst.isPresent() || perSecond.isPresent();
        if (acting || !agreed) {
            limits.add(new Limit.Bucket("caller", client + "|" + subject, rate.burst(), rate.perSecond()));
        }
        if (agreed) {
            limits.add(new Limit.Bucket("client", client, burst.orElse((long) rate.burst()),
                    perSecond.orElse((long) rate.perSecond())));
        }
        number(contract.get("perDay")).ifPresent(quota -> limits.add(new Limit.Day("day", "day|" + client, quota)));
        return limits;
    }

    /** Without a token. */
    List<Limit> of(String network) {
        return List.of(new Limit.Bucket("caller", "address|" + network, rate.burst(), rate.perSecond()));
    }

    private static Optional<Long> number(@Nullable Object value) {
        return value instanceof Number number && number.longValue() > 0
                ? Optional.of(number.longValue())
                : Optional.empty();
    }
}
