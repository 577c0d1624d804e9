package cn.cityapis.identity.clients;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a client is shut out from one network after wrong secrets: the longer, the more there were. */
public final class LockOutRules {

    /** So many are mistakes. */
    static final int MISTAKES = 5;
    /** After so long without another one they are forgotten. */
    static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private LockOutRules() {
    }

    /** Empty if the next secret is looked at. */
    static Optional<Duration> left(int times, Instant last, Instant now) {
        if (times < MISTAKES) {
            return Optional.empty();
        }
        int doubled = Math.min(times - MISTAKES, 10);
        Duration shut = SHORTEST.multipliedBy(1L << doubled);
        Duration left = Duration.between(now, last.plus(shut.compareTo(LONGEST) > 0 ? LONGEST : shut));
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    /** Where somebody comes from: an IPv4 address, or the /64 of an IPv6 address, of which one subscriber has all. */
    public static String network(String address) {
        // with a colon it is a literal, which is not looked up
        if (address.indexOf(':') < 0) {
            return address.length() > 60 ? address.substring(0, 60) : address;
        }
        String plain = address.replaceAll("%.*", "");
        try {
            InetAddress parsed = InetAddress.getByName(plain);
            byte[] bytes = parsed.getAddress();
            if (bytes.length != 16) {
                return parsed.getHostAddress();
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 8; i += 2) {
                text.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff)).append(':');
            }
            return text.append(":/64").toString();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
