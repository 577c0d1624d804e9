package cn.cityapis.gateway.settings;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/** From where a request comes. */
public final class ClientAddress {

    private static final String ATTRIBUTE = ClientAddress.class.getName();

    private static final int V6_BYTES = 16;

    private ClientAddress() {
    }

    /** As it was found when the request came in. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, "unknown");
    }

    /** What is counted together: an IPv4 address, or the /64 of an IPv6 address, of which one subscriber has all. */
    public static String network(ServerWebExchange exchange) {
        return network(of(exchange));
    }

    static String network(String address) {
        byte[] bytes = address.indexOf(':') < 0 ? new byte[0] : Networks.bytes(address);
        return bytes.length == V6_BYTES ? HexFormat.of().formatHex(bytes, 0, V6_BYTES / 2) + "/64" : address;
    }

    /**
     * Notes the address: of the connection, or what trusted proxies say of theirs, read from the last one backwards as
     * far as they are trusted. What comes before that anybody may have written.
     */
    public static void note(ServerWebExchange exchange, Networks trusted) {
        String peer = Optional.ofNullable(exchange.getRequest().getRemoteAddress())
                .map(remote -> withoutZone(remote.getAddress().getHostAddress())).orElse("unknown");
        exchange.getAttributes().put(ATTRIBUTE,
                behind(peer, exchange.getRequest().getHeaders().getOrEmpty("X-Forwarded-For"), trusted));
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    static String behind(String peer, List<String> forwarded, Networks trusted) {
        if (forwarded.isEmpty()) {
            return peer;
        }
        String[] hops = String.join(",", forwarded).split(",");
        String client = peer;
        for (int i = hops.length - 1; i >= 0 && trusted.hold(client); i--) {
            String hop = hops[i].strip();
            if (Networks.bytes(hop).length == 0) {
                return client;
            }
            client = hop;
        }
        return client;
    }
}
