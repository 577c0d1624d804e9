package cn.cityapis.gateway.pages;

import java.util.List;
import java.util.Map;

/** Where the pages are, in one place: the door lets these through without a token, and they are served as pages. */
public final class PageAddresses {

    /** Hands out the token for reading. */
    public static final String TOKEN = "/pages/token";
    /** Hands out the token of the demonstration citizen; exists in the development profile only. */
    public static final String DEMO_CITIZEN = "/pages/demo-citizen-token";

    /** Address of each page, and the file that it is. */
    public static final Map<String, String> PAGES = Map.of("/", "index.html", "/policy", "policy.html", "/care-homes",
            "care-homes.html", "/entitlements", "entitlements.html", "/medicine", "medicine.html", "/operators",
            "operators.html");

    private PageAddresses() {
    }

    /** What may be read by anybody. */
    public static String[] readable() {
        return java.util.stream.Stream.concat(PAGES.keySet().stream(), List.of("/pages/**").stream())
                .toArray(String[]::new);
    }

    public static boolean isPage(String path) {
        return PAGES.containsKey(path);
    }
}
