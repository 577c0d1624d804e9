package cn.cityapis.e2e;

import cn.cityapis.e2e.Browser.Screen;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How soon something useful is seen, on a processor a quarter as fast: printed, as a machine's load decides it too. */
@EnabledIfSystemProperty(named = "pages.url", matches = "http.+")
class PaintTest {

    private static final int RUNS = 5;
    private static final String LARGEST = """
            () => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
                .observe({type: 'largest-contentful-paint', buffered: true}))""";

    @Test
    void firstUsefulPaint() {
        try (Browser browser = new Browser(System.getProperty("pages.url"))) {
            for (String path : List.of("/", "/policy", "/care-homes", "/entitlements", "/medicine")) {
                List<Long> runs = IntStream.range(0, RUNS).mapToObj(run -> paint(browser, path)).sorted().toList();
                System.out.printf("%-14s largest contentful paint, ms: least %d, median %d, most %d%n", path,
                        runs.getFirst(), runs.get(RUNS / 2), runs.getLast());
            }
        }
    }

    private static long paint(Browser browser, String path) {
        Page page = browser.blank(Screen.PHONE);
        CDPSession session = page.context().newCDPSession(page);
        JsonObject slower = new JsonObject();
        slower.addProperty("rate", 4);
        session.send("Emulation.setCPUThrottlingRate", slower);
        page.navigate(browser.url() + path);
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        long paint = ((Number) page.evaluate(LARGEST)).longValue();
        browser.done(page);
        return paint;
    }
}
