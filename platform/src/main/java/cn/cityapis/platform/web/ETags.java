package cn.cityapis.platform.web;

/** Entity tags made of a row's version. */
public final class ETags {

    private ETags() {
    }

    /** @return a strong entity tag, quotes included, e.g. {@code "7"} */
    public static String of(long version) {
        return "\"" + version + "\"";
    }
}
