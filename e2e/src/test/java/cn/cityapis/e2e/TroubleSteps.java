package cn.cityapis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Browser.Screen;
import cn.cityapis.e2e.Wire.Fault;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What is seen on the pages when the network is slow or a service is down, and when it is back. */
final class TroubleSteps {

    /** What can be pressed outside of a place, and how high it stands. */
    private static final String STANDING = """
            place => {
              const high = one => one.getBoundingClientRect().top;
              const seen = one => one.checkVisibility() && high(one) < innerHeight && !one.closest(place);
              globalThis.stood = [...document.querySelectorAll('a, button, input, select, summary')].filter(seen)
                .map(one => [one, high(one)]);
              return stood.length;
            }""";
    private static final String MOVED = """
            () => stood.filter(([one, top]) => one.isConnected && Math.abs(one.getBoundingClientRect().top - top) > 2)
              .map(([one, top]) => `${one.textContent || one.id}: ${top} to ${one.getBoundingClientRect().top}`)""";

    private final Browser browser;
    private final Sight.Demo demo;

    TroubleSteps(Browser browser, Sight.Demo demo) {
        this.browser = browser;
        this.demo = demo;
    }

    /** It says that it waits, then why it failed, then that it waits again, and is there; nothing else moves. */
    void waitsFailsAndComesBack(Screen screen, Sight sight) {
        Page page = browser.blank(screen);
        Wire wire = new Wire(page, sight.calls());
        page.clock().install();
        wire.hold();
        sight.open(page, browser.url(), demo);
        page.waitForCondition(wire::waits);
        saysThatItWaits(page, sight);
        assertThat(wire.asked()).as("asked while waiting").doesNotHaveDuplicates();
        Fault fault = fault(screen, sight);
        wire.fail(fault);
        Locator alert = sight.place(page).getByRole(AriaRole.ALERT).first();
        assertThat(alert).containsText(fault.said());
        stands(page, sight);
        if (screen == Screen.PHONE) {
            browser.requireDecent(page);
        }
        wire.hold();
        new Hand(page, screen).press(alert.getByText("再试一次"));
        page.waitForCondition(wire::waits);
        saysThatItWaits(page, sight);
        wire.release();
        assertThat(sight.shown(page)).isVisible();
        stands(page, sight);
        assertThat(wire.asked()).as("asked again").doesNotHaveDuplicates();
        browser.done(page);
    }

    private static Fault fault(Screen screen, Sight sight) {
        if (screen == Screen.PHONE) {
            return Fault.UNAVAILABLE;
        }
        return switch (sight) {
            case POLICIES, CARE_HOMES -> Fault.CUT_OFF;
            case ENTITLEMENTS, PHARMACIES -> Fault.BROKEN_OFF;
            default -> Fault.FOREIGN_PROXY;
        };
    }

    private static void saysThatItWaits(Page page, Sight sight) {
        assertThat((int) page.evaluate(STANDING, sight.placeSelector())).isPositive();
        page.clock().fastForward(400);
        assertThat(sight.place(page)).containsText("正在");
        stands(page, sight);
        page.clock().fastForward(5000);
        assertThat(sight.place(page)).containsText("网络较慢，仍在等待");
        stands(page, sight);
    }

    private static void stands(Page page, Sight sight) {
        assertThat((Iterable<?>) page.evaluate(MOVED)).as("what moved beside %s", sight).isEmpty();
    }

    /** With one service down, its page says so and the three others answer. */
    void leavesTheOthersAlone(Sight down) {
        Page page = browser.blank(Screen.PHONE);
        new Wire(page, down.calls().replaceAll("/v1/.*", "/**")).fail(Fault.UNAVAILABLE);
        for (Sight sight : Sight.OF_CITIZENS) {
            sight.open(page, browser.url(), demo);
            if (sight == down) {
                assertThat(sight.place(page).getByRole(AriaRole.ALERT)).containsText("其他服务不受影响，请 5 秒后再试");
            } else {
                assertThat(sight.shown(page)).isVisible();
            }
        }
        browser.done(page);
    }

    /** A service that is really dead is missed on its page and on the first one, and found again when it is back. */
    void missesWhatIsDead(Runnable kill, Runnable startAgain) {
        Page page = browser.open(Screen.PHONE, "/");
        assertThat(page.locator(".state-of").first()).isAttached();
        kill.run();
        // the gateway looks every few seconds
        page.waitForCondition(() -> page.waitForResponse("**/docs/status", page::reload).text().contains("false"));
        assertThat(page.locator("[data-service=pharmacy]")).containsText("暂停服务");
        assertThat(page.locator(".state-of:not(:empty)")).hasCount(1);
        Sight.CARE_HOMES.open(page, browser.url(), demo);
        assertThat(Sight.CARE_HOMES.shown(page)).isVisible();
        Sight.PHARMACIES.open(page, browser.url(), demo);
        Locator alert = Sight.PHARMACIES.place(page).getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("服务暂时不可用，请稍后再试");
        assertThat(alert).containsText("其他服务不受影响");
        startAgain.run();
        alert.getByText("再试一次").tap();
        assertThat(Sight.PHARMACIES.shown(page)).isVisible();
        browser.done(page);
    }
}
