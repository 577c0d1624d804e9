package cn.cityapis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Browser.Screen;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a citizen does on the pages, in a real browser, and what he sees when something is wrong. */
final class PagesSteps {

    private static final int MOST_BYTES = 300_000;
    private static final List<String> PAGES = List.of("/", "/policy", "/care-homes", "/entitlements", "/medicine");

    private final Browser browser;
    private final Consumer<String> offices;

    /** @param offices lead the application with this id to an offered bed */
    PagesSteps(Browser browser, Consumer<String> offices) {
        this.browser = browser;
        this.offices = offices;
    }

    /** Initials of the name, a suggestion, the price and the saving; then a second medicine. */
    void findsMedicineNearby(Screen screen) {
        Page page = browser.open(screen, "/medicine");
        Hand hand = new Hand(page, screen);
        take(page, hand, "akbt");
        Locator first = page.locator("#results .card").first();
        assertThat(first).containsText(Pattern.compile("[\\d.]+ 元"));
        assertThat(first).containsText(Pattern.compile("米|公里"));
        assertThat(page.locator("#results .note")).containsText("7.35 元");
        assertThat(page.locator("#map .pin").first()).isVisible();
        browser.requireDecent(page);
        take(page, hand, "阿托伐");
        assertThat(page.locator("#results-title")).hasText("能配齐最多的药店");
        assertThat(page.locator("#results .card").first()).containsText("共 2 种");
        hand.press(page.locator("#wanted button").first());
        assertThat(page.locator("#results-title")).hasText("最近的药店");
        browser.done(page);
    }

    private static void take(Page page, Hand hand, String text) {
        hand.write(page.locator("#drug"), text);
        hand.choose(page.getByRole(AriaRole.OPTION).first());
        assertThat(page.locator("#results .card").first()).isVisible();
    }

    /** From the first letters to the article, which says that it has lapsed, with its relations and its address. */
    void readsWhoPays(Screen screen) {
        Page page = browser.open(screen, "/policy");
        Hand hand = new Hand(page, screen);
        hand.write(page.locator("#question"), "老年人能力评估费用");
        Locator first = page.locator("#hits > ol > li").first();
        assertThat(first).containsText("威民发〔2023〕17号");
        assertThat(first).containsText("已失效");
        assertThat(first.locator("em").first()).containsText("评估");
        browser.requireDecent(page);
        hand.press(first.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^第十九条"))));
        assertThat(page.locator(".entry.chosen")).containsText("第十九条");
        assertThat(page.locator("#reading")).containsText("已失效，有效期至2024年12月31日");
        assertThat(page.locator(".graph .node").first()).containsText("鲁政办字〔2021〕86号");
        assertThat(page.locator("mark[title=期限]").first()).isVisible();
        assertThat(page.url()).contains("a=19");
        browser.requireDecent(page);
        browser.done(page);
    }

    /** A doctor of 32 years, hired today: 5,000 yuan a month for 36 months, whatever else is asked and skipped. */
    void learnsWhatHeIsEntitledTo(Screen screen) {
        Page page = browser.open(screen, "/entitlements");
        Hand hand = new Hand(page, screen);
        assertThat(page.locator("#sum .total")).hasText("0 元");
        Map<String, String> answers = Map.of("educationLevel", "博士研究生", "engagement", "全职受聘", "employerKind",
                "企业", "birthDate", "1994-05-02", "engagementStart", "2026-11-01");
        for (int asked = 0; asked < 15 && !page.locator("#sum .total").innerText().equals("180,000 元"); asked++) {
            Locator form = page.locator("#question form");
            String fact = form.getAttribute("data-fact");
            answer(hand, form, answers.get(fact));
            assertThat(page.locator("#question form[data-fact='" + fact + "']")).hasCount(0);
        }
        assertThat(page.locator("#sum .total")).hasText("180,000 元");
        assertThat(page.locator("#yes article").first()).containsText("共 36 个月");
        assertThat(page.locator(".timeline td .paid")).hasCount(36);
        browser.requireDecent(page);
        browser.done(page);
    }

    private static void answer(Hand hand, Locator form, @org.jspecify.annotations.Nullable String answer) {
        if (answer == null) {
            hand.press(form.getByText("不清楚，先跳过"));
        } else if (answer.matches("\\d{4}-.*")) {
            hand.date(form.locator("#fact"), answer);
            hand.press(form.getByText("下一题"));
        } else {
            hand.press(form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(answer).setExact(true)));
        }
    }

    /** From the map to an application that names everything missing at once, and to a place in the queue. */
    void appliesForAPlace(Screen screen) {
        Page page = browser.open(screen, "/care-homes");
        Hand hand = new Hand(page, screen);
        assertThat(page.locator("#homes .card").first()).containsText("张空床");
        assertThat(page.locator("#map .pin").first()).isVisible();
        browser.requireDecent(page);
        hand.press(page.locator("#homes h3 a").first());
        assertThat(page.locator("#one")).containsText("每月轮候公示");
        assertThat(page.locator("#one .tall tbody tr").first()).containsText("*");
        browser.requireDecent(page);
        hand.press(page.getByText("申请入住这家"));
        fills(page, hand);
        hand.press(button(page, "提交申请"));
        assertThat(page.locator("form .note")).containsText("还差 4 项");
        browser.requireDecent(page);
        for (String paper : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER")) {
            page.locator("#file-" + paper).setInputFiles(new FilePayload(paper + ".pdf", "application/pdf",
                    "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII)));
            assertThat(page.locator("li", new Page.LocatorOptions().setHas(page.locator("#file-" + paper))))
                    .containsText("已提供");
        }
        hand.press(page.getByText("免交，由系统核验"));
        assertThat(page.locator("form .badge.good")).hasCount(4);
        hand.press(button(page, "再次提交"));
        assertThat(page.locator("#one h1")).hasText("已受理，待审核");
        assertThat(page.locator("#one")).containsText(Pattern.compile("机构最迟审核到 \\d{4}年"));
        assertThat(page.locator("#one")).containsText(Pattern.compile("我排在第 \\d+ 位"));
        assertThat(page.locator(".line .me")).isVisible();
        browser.requireDecent(page);
        isOfferedABed(page, hand, screen);
        browser.done(page);
    }

    /** The offices have worked meanwhile: on the phone the bed is taken, on the desktop it is not wanted. */
    private void isOfferedABed(Page page, Hand hand, Screen screen) {
        offices.accept(page.url().replaceAll(".*application=", ""));
        page.reload();
        assertThat(page.locator("#one h1")).hasText("有床位等您确认");
        assertThat(page.locator("#one .note").first()).containsText(Pattern.compile("号床.*\\d{3,}"));
        browser.requireDecent(page);
        if (screen == Screen.PHONE) {
            page.onDialog(Dialog::accept);
            hand.press(page.getByText("接受", new Page.GetByTextOptions().setExact(true)));
            assertThat(page.locator("#one h1")).hasText("已接受床位");
        } else {
            hand.press(button(page, "不接受"));
            hand.press(button(page, "确定不接受"));
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("请填写原因");
            hand.write(page.getByLabel("为什么不接受"), "家属另有安排");
            hand.press(button(page, "确定不接受"));
            assertThat(page.locator("#one h1")).hasText("已放弃");
        }
        browser.requireDecent(page);
    }

    private static void fills(Page page, Hand hand) {
        hand.press(page.getByText("填入演示资料"));
        hand.press(button(page, "保存，下一步"));
        hand.tick(page.getByLabel("最低生活保障家庭"));
        hand.press(button(page, "保存，下一步"));
        hand.tick(page.getByLabel("护理床"));
        hand.press(button(page, "保存，下一步"));
        assertThat(page.locator("form h2")).containsText("第 4 步");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Each board has its figures, its chart and its table. */
    void showsOperatorsWhatTheyRun(Screen screen, String token) {
        Page page = browser.open(screen, "/operators");
        Hand hand = new Hand(page, screen);
        hand.write(page.locator("#token"), token);
        hand.press(button(page, "查看"));
        for (String board : List.of("轮候", "资金", "采购", "价格监测")) {
            hand.press(button(page, board));
            assertThat(button(page, board)).hasAttribute("aria-pressed", "true");
            assertThat(page.locator("#board")).not().hasAttribute("aria-busy", "true");
            assertThat(page.locator("#board .tiles .card").nth(3)).isVisible();
            assertThat(page.locator("#board canvas").first()).isVisible();
            assertThat(page.locator("#board section.card tbody tr").first()).isVisible();
            browser.requireDecent(page);
        }
        browser.done(page);
    }

    /** Offline in the middle of it: said, and tried again by one press. */
    void goesOnAfterTheNetworkWasGone() {
        Page page = browser.open(Screen.PHONE, "/policy");
        assertThat(page.locator("#hits")).containsText("想到什么问什么");
        page.context().setOffline(true);
        page.locator("#question").fill("养老");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("连接不上服务");
        page.context().setOffline(false);
        page.getByText("再试一次").click();
        assertThat(page.locator("#hits > ol > li").first()).isVisible();
        browser.done(page);
    }

    /** Large type is remembered and breaks nothing; everything is reached by the Tab key. */
    void isLargeForThoseWhoNeedIt() {
        Page page = browser.open(Screen.PHONE, "/");
        browser.requireDecent(page);
        page.keyboard().press("Tab");
        assertThat(page.getByText("跳到正文")).isFocused();
        page.getByText("大字", new Page.GetByTextOptions().setExact(true)).click();
        for (String path : PAGES) {
            page.navigate(browser.url() + path);
            assertThat(page.locator("html")).hasClass(Pattern.compile("large"));
            browser.requireDecent(page);
        }
        browser.done(page);
    }

    /** All that a page loads, uncompressed, but the map library. */
    void weighsLittle() {
        for (String path : PAGES) {
            Page page = browser.blank(Screen.PHONE);
            List<Response> loaded = new ArrayList<>();
            page.onResponse(loaded::add);
            page.navigate(browser.url() + path);
            page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
            int bytes = loaded.stream().filter(one -> !one.url().contains("/leaflet/"))
                    .mapToInt(one -> one.body().length).sum();
            assertThat(bytes).as("bytes of %s", path).isBetween(1, MOST_BYTES);
            browser.done(page);
        }
    }
}
