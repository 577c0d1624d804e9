package cn.cityapis.gateway.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.server.ServerWebExchange;

/** What is found out about an exchange on its way, for those that come later. */
public final class ExchangeFacts {

    private static final String CLIENT = ExchangeFacts.class.getName() + ".client";
    private static final String CALLER = ExchangeFacts.class.getName() + ".caller";
    private static final String TOKEN = ExchangeFacts.class.getName() + ".token";
    private static final String REQUEST = ExchangeFacts.class.getName() + ".request";
    private static final String TRACE = ExchangeFacts.class.getName() + ".trace";

    private ExchangeFacts() {
    }

    public static void noteClient(ServerWebExchange exchange, String client) {
        exchange.getAttributes().put(CLIENT, client);
    }

    public static void noteCaller(ServerWebExchange exchange, String caller) {
        exchange.getAttributes().put(CALLER, caller);
    }

    public static void noteToken(ServerWebExchange exchange, Jwt token) {
        exchange.getAttributes().put(TOKEN, token);
    }

    /** The one that was checked; null without a good one. */
    public static @Nullable Jwt token(ServerWebExchange exchange) {
        return exchange.getAttribute(TOKEN);
    }

    /** Client and subject of the token, of a visitor of the pages client and network; without a good token the network. */
    public static String caller(ServerWebExchange exchange) {
        String known = exchange.getAttribute(CALLER);
        return known == null ? ClientAddress.network(exchange) : known;
    }

    public static void noteIds(ServerWebExchange exchange, String request, String trace) {
        exchange.getAttributes().put(REQUEST, request);
        exchange.getAttributes().put(TRACE, trace);
    }

    /** Of the token; null without a good one. */
    public static @Nullable String client(ServerWebExchange exchange) {
        return exchange.getAttribute(CLIENT);
    }

    public static String requestId(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(REQUEST, "");
    }

    public static String traceId(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(TRACE, "");
    }
}
