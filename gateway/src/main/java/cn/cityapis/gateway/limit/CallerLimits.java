package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which limits hold for a caller: the platform's own, and those of the contract in the client's token. */
final class CallerLimits {

    /** How many callers' worth a client without a contract has for all it acts for: one of them never uses it up. */
    static final int CALLERS_OF_A_CLIENT = 10;

    private final GatewaySettings.Rate rate;
    private final String pages;

    /** @param pages the client whose one token all visitors of the pages have; empty if there is none */
    CallerLimits(GatewaySettings.Rate rate, String pages) {
        this.rate = rate;
        this.pages = pages;
    }

    /** Who is counted as one: a subject of a client; a visitor of the pages is known by the network he comes from. */
    String caller(String client, String subject, boolean acting, String network) {
        return client + "|" + (isVisitor(client, acting) ? network : subject);
    }

    /**
     * @param client of the token
     * @param acting whether it acts for somebody else, a citizen
     * @param contract claim {@code limits}: {@code burst}, {@code perSecond}, {@code perDay}
     */
    List<Limit> of(String client, String subject, boolean acting, String network, Map<String, ?> contract) {
        List<Limit> limits = new ArrayList<>();
        Optional<Long> burst = number(contract.get("burst"));
        Optional<Long> perSecond = number(contract.get("perSecond"));
        boolean agreed = burst.isPresent() || perSecond.isPresent();
        boolean visitor = isVisitor(client, acting);
        if (acting || visitor || !agreed) {
            limits.add(new Limit.Bucket("caller", caller(client, subject, acting, network), rate.burst(),
                    rate.perSecond()));
        }
        if (agreed) {
            limits.add(new Limit.Bucket("client", client, burst.orElse((long) rate.burst()),
                    perSecond.orElse((long) rate.perSecond())));
        } else if (!visitor && !client.equals(subject)) {
            limits.add(new Limit.Bucket("client", client, (long) rate.burst() * CALLERS_OF_A_CLIENT,
                    (double) rate.perSecond() * CALLERS_OF_A_CLIENT));
        }
        number(contract.get("perDay")).ifPresent(quota -> limits.add(new Limit.Day("day", "day|" + client, quota)));
        return limits;
    }

    private boolean isVisitor(String client, boolean acting) {
        return !acting && client.equals(pages);
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
