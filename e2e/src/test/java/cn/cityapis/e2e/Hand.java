package cn.cityapis.e2e;

import cn.cityapis.e2e.Browser.Screen;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** How people act on a page: with a finger on the phone, by keyboard alone at the desk. */
final class Hand {

    private static final int MOST_TABS = 300;

    private final Page page;
    private final boolean finger;

    Hand(Page page, Screen screen) {
        this.page = page;
        this.finger = screen == Screen.PHONE;
    }

    /** A button or a link. */
    void press(Locator target) {
        if (finger) {
            target.tap();
        } else {
            reach(target);
            page.keyboard().press("Enter");
        }
    }

    void tick(Locator target) {
        if (finger) {
            target.tap();
        } else {
            reach(target);
            page.keyboard().press("Space");
        }
    }

    void write(Locator target, String text) {
        if (finger) {
            target.tap();
        } else {
            reach(target);
        }
        page.keyboard().type(text);
    }

    /** A suggestion to what was just written. */
    void choose(Locator option) {
        option.waitFor();
        if (finger) {
            option.tap();
        } else {
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
        }
    }

    /** A date field; in which order its parts are typed is the browser's matter. */
    void date(Locator target, String iso) {
        if (!finger) {
            reach(target);
        }
        target.fill(iso);
    }

    /** By the Tab key, from wherever the focus is. */
    private void reach(Locator target) {
        target.waitFor();
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            if ((boolean) target.evaluate("one => one === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("not reached by the Tab key: " + target);
    }
}
