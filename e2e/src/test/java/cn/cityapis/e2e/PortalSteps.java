package cn.cityapis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.cityapis.e2e.Browser.Screen;
import cn.cityapis.stack.demo.DemoIdentity;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a developer does on the pages at /docs, in a real browser. */
final class PortalSteps {

    private final Browser browser;
    private final Callers callers;

    PortalSteps(Browser browser, Callers callers) {
        this.browser = browser;
        this.callers = callers;
    }

    /** From the start page to each of the others; the state of the services; a code that is looked for. */
    void findsItsWay(Screen screen) {
        Page page = browser.open(screen, "/docs");
        Hand hand = new Hand(page, screen);
        assertThat(page.locator(".of-service.good")).hasCount(4);
        browser.requireDecent(page);
        for (String section : List.of("取得令牌", "六步走通", "事件订阅", "错误代码")) {
            hand.press(page.getByRole(AriaRole.NAVIGATION).getByText(section));
            assertThat(page.locator("h1")).hasText(section);
            assertThat(page.locator(".sections [aria-current]")).hasText(section);
            browser.requireDecent(page);
        }
        hand.write(page.getByLabel("查找"), "too-many");
        assertThat(page.locator("#codes tr:visible")).hasCount(1);
        hand.press(page.getByRole(AriaRole.NAVIGATION).getByText("在线调试"));
        assertThat(page.locator(".opblock").first()).isVisible();
        browser.done(page);
    }

    /** One language at a time, for all steps, and remembered; a sample is copied whole. */
    void choosesALanguage(Screen screen) {
        Page page = browser.open(screen, "/docs/walk-through");
        Hand hand = new Hand(page, screen);
        assertThat(page.locator(".sample:visible")).hasCount(6);
        assertThat(page.locator("#step-1 .sample:visible")).containsText("grant_type=client_credentials");
        hand.press(button(page.locator("#step-2"), "wx.request"));
        assertThat(page.locator("#step-6 .sample:visible")).containsText("gcj02");
        browser.requireDecent(page);
        page.reload();
        assertThat(button(page.locator("#step-1"), "wx.request")).hasAttribute("aria-pressed", "true");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        hand.press(button(page.locator("#step-5"), "复制"));
        assertThat(page.locator("#step-5 .copy:visible")).hasText("已复制");
        org.assertj.core.api.Assertions.assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .startsWith("async function step5()");
        browser.done(page);
    }

    /** All subscriptions together; a test event comes with a signature that the page finds good, and another one not. */
    void isToldOfATestEvent(Screen screen) {
        try (PartnerStep partner = new PartnerStep(callers)) {
            Page page = browser.open(screen, "/docs/webhooks/tester");
            Hand hand = new Hand(page, screen);
            hand.write(page.locator("#token"), Objects.requireNonNull(callers.as(DemoIdentity.PARTNER).token()));
            hand.press(button(page.locator("#sign"), "查看"));
            assertThat(page.locator("#services section")).hasCount(4);
            hand.press(page.getByText("新建订阅"));
            assertThat(page.locator("#types")).hasValue(Pattern.compile("policy\\.matched"));
            hand.write(page.locator("#url"), partner.url());
            hand.press(button(page.locator("#subscribe"), "订阅"));
            assertThat(page.locator("#subscribed")).containsText("已订阅");
            Locator webhook = page.locator("#of-policy article", new Page.LocatorOptions().setHasText(partner.url()));
            hand.press(button(webhook, "发测试事件"));
            assertThat(webhook.locator("tbody tr").first()).containsText("已送达");
            browser.requireDecent(page);
            hand.press(button(webhook, "用它的密钥验签名"));
            assertThat(page.locator("#secret")).hasValue(Pattern.compile("whsec_.+"));
            PartnerStep.Delivery told = partner.told();
            List.of("id", "timestamp", "signature")
                    .forEach(name -> page.locator("#" + name).fill(told.header("webhook-" + name)));
            page.locator("#body").fill(told.body());
            hand.press(button(page.locator("#check"), "验证"));
            assertThat(page.locator("#checked")).containsText("签名相符");
            page.locator("#body").fill(told.body() + " ");
            hand.press(button(page.locator("#check"), "验证"));
            assertThat(page.locator("#checked")).containsText("签名不符");
            browser.requireDecent(page);
            browser.done(page);
        }
    }

    private static Locator button(Locator place, String name) {
        return place.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
