package cn.cityapis.e2e;

import cn.cityapis.e2e.Browser.Screen;
import cn.cityapis.stack.demo.DemoIdentity;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Objects;

/** What the pages show of the services: where it is, which calls it rests on, and how one knows that it is there. */
enum Sight {
    POLICIES("/policy?q=养老", "**/api/policy/v1/documents?*", "#hits", "#hits > ol > li"), //
    DOCUMENT("/policy?n=威民发〔2023〕17号", "**/api/policy/**", "#reading", "#text .entry"), //
    RELATIONS("/policy?n=威民发〔2023〕17号", "**/relations?*", "#relations", "#relations .node"), //
    CARE_HOMES("/care-homes", "**/api/eldercare/**", "#homes", "#homes .card"), //
    MY_APPLICATIONS("/care-homes", "**/api/eldercare/v1/applications?*", "#mine", "#mine a"), //
    CARE_HOME("/care-homes?home=00000000-0000-7000-8000-000000000001", "**/api/eldercare/**", "#one", ".tall tbody tr"), //
    APPLICATION("/care-homes?apply", "**/api/eldercare/**", "#one", "#one form"), //
    ENTITLEMENTS("/entitlements", "**/api/subsidy/**", "#question", "#question form"), //
    MEDICINES("/medicine#akbt", "**/api/pharmacy/v1/drugs?*", "#drug-wait", "#drug-options [role=option]"), //
    PHARMACIES("/medicine?drugs={drug}", "**/api/pharmacy/**", "#results", "#results .card"), //
    QUEUE_BOARD("/operators", "**/api/eldercare/**", "#board", "#board canvas"), //
    BUDGET_BOARD("/operators#资金", "**/api/subsidy/**", "#board", "#board canvas"), //
    PROCUREMENT_BOARD("/operators#采购", "**/api/pharmacy/**", "#board", "#board canvas"), //
    PRICE_BOARD("/operators#价格监测", "**/api/pharmacy/**", "#board", "#board canvas");

    /** A page or board each; the others are parts of them. */
    static final List<Sight> PAGES = List.of(POLICIES, CARE_HOMES, ENTITLEMENTS, PHARMACIES, QUEUE_BOARD, BUDGET_BOARD,
            PROCUREMENT_BOARD, PRICE_BOARD);
    /** One for each service. */
    static final List<Sight> OF_CITIZENS = List.of(POLICIES, CARE_HOMES, ENTITLEMENTS, PHARMACIES);

    private final String path;
    private final String calls;
    private final String place;
    private final String shown;

    Sight(String path, String calls, String place, String shown) {
        this.path = path;
        this.calls = calls;
        this.place = place;
        this.shown = shown;
    }

    static List<Sight> on(Screen screen) {
        return screen == Screen.PHONE ? List.of(values()) : PAGES;
    }

    /** As a pattern of addresses. */
    String calls() {
        return calls;
    }

    /** Selector of what is filled by the answer. */
    String placeSelector() {
        return place;
    }

    Locator place(Page page) {
        return page.locator(place);
    }

    Locator shown(Page page) {
        return page.locator(shown).first();
    }

    /** What the demonstration has that the addresses need: the token of an operator, and a medicine. */
    record Demo(String token, String drug) {

        static Demo of(Callers callers) {
            return new Demo(Objects.requireNonNull(callers.as(DemoIdentity.CITY).token()), callers.as(DemoIdentity.APP)
                    .get("/api/pharmacy/v1/drugs?q=akbt&limit=1").expect(200).text("items.0.drugId"));
        }
    }

    void open(Page page, String url, Demo demo) {
        page.navigate(url + path.replace("{drug}", demo.drug()));
        if (path.startsWith("/medicine#")) {
            page.locator("#drug").pressSequentially(path.replaceAll(".*#", ""));
        }
        if (path.startsWith("/operators")) {
            page.locator("#token").fill(demo.token());
            page.keyboard().press("Enter");
            if (path.contains("#")) {
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(path.replaceAll(".*#", "")))
                        .click();
            }
        }
    }
}
