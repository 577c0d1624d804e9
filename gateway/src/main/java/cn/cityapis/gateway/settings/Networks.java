package cn.cityapis.gateway.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Addresses by networks such as {@code 10.0.0.0/8, fd00::/8, 127.0.0.1}. */
public record Networks(List<Network> all) {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    @SuppressWarnings("ArrayRecordComponent")
    record Network(byte[] address, int bits) {

        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @throws SettingException naming the variable */
    static Networks parse(String variable, String text) {
        return new Networks(Stream.of(text.split(",")).map(String::strip)
                .filter(one -> !one.isEmpty() && !one.equals(GatewaySettings.NONE))
                .map(one -> network(variable, one)).toList());
    }

    public boolean hold(String address) {
        byte[] bytes = bytes(address);
        return bytes.length > 0 && all.stream().anyMatch(network -> network.holds(bytes));
    }

    private static Network network(String variable, String text) {
        String[] parts = text.split("/", 2);
        byte[] address = bytes(parts[0]);
        int most = address.length * 8;
        int bits = parts.length == 1 ? most : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (address.length == 0 || bits < 0 || bits > most) {
            throw new SettingException("Environment variable " + variable + " names no network: " + text);
        }
        return new Network(address, bits);
    }

    /** Empty if it is no address: names are not looked up. */
    static byte[] bytes(String literal) {
        try {
            return LITERAL.matcher(literal).matches() ? InetAddress.getByName(literal).getAddress() : new byte[0];
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}
