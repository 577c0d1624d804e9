package cn.cityapis.stack;

/** Calls to paste into a second terminal while the stack runs. */
final class Walkthrough {

    private Walkthrough() {
    }

    static String calls(String url, boolean demoData) {
        return "calls follow";
    }
}
