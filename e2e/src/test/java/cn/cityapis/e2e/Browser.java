package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Chromium, as the distribution has it, on a phone's and a desktop's screen. */
final class Browser implements AutoCloseable {

    /** What people look at. */
    enum Screen {
        PHONE(390, 844), DESKTOP(1280, 800);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private static final int PATIENCE_MS = 20_000;
    /** Than the pages are by themselves: 106.25 %. */
    private static final String TWICE_AS_LARGE = "212.5%";
    /** What ends beyond the edge and is in nothing that scrolls by itself, which is for tables and maps. */
    private static final String STICKING_OUT = """
            () => [...document.body.querySelectorAll('*')].filter(one => one.checkVisibility({visibilityProperty: true})
                && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, .one-line, .map, .unseen'))
              .map(one => `${one.tagName} ${one.className}: ${one.textContent.slice(0, 60)}`)""";

    private final String url;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> errors = new ArrayList<>();

    Browser(String url) {
        this.url = url;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable()
                .orElseThrow()).setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    /** Where Chromium is, if this machine has it; {@code -Dchromium=PATH} says another place. */
    static Optional<Path> executable() {
        return Stream.of(System.getProperty("chromium", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome").filter(path -> !path.isEmpty()).map(Path::of).filter(Files::isExecutable)
                .findFirst();
    }

    /** The platform's address. */
    String url() {
        return url;
    }

    /** Opens an address of the platform in a fresh window that remembers nothing. */
    Page open(Screen screen, String path) {
        Page page = blank(screen);
        page.navigate(url + path);
        return page;
    }

    /** A window that has not gone anywhere, to prepare what it will meet. */
    Page blank(Screen screen) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height).setLocale("zh-CN").setTimezoneId("Asia/Shanghai")
                .setHasTouch(screen == Screen.PHONE)
                // colours that are just changing would be measured
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onPageError(error -> errors.add(page.url() + ": " + error));
        page.onConsoleMessage(message -> {
            // a refusal of a service is no fault of the page
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(page.url() + ": " + message.text());
            }
        });
        return page;
    }

    /** The page as it stands keeps nobody out, by day and by night, and nothing sticks out at its side. */
    void requireDecent(Page page) {
        requireNothingFound(page, new AxeBuilder(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        requireNothingFound(page, new AxeBuilder(page).withRules(List.of("color-contrast")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        requireWithinTheScreen(page);
        if (page.viewportSize().width == Screen.PHONE.width) {
            page.evaluate("document.documentElement.style.fontSize = '%s'".formatted(TWICE_AS_LARGE));
            requireWithinTheScreen(page);
            page.evaluate("document.documentElement.style.fontSize = ''");
        }
    }

    private static void requireNothingFound(Page page, AxeBuilder axe) {
        List<Rule> found = axe.setLegacyMode(true).analyze().getViolations();
        assertThat(found).as(() -> page.url() + "\n" + found.stream().map(rule -> rule.getId() + ": " + rule.getNodes()
                .stream().map(node -> node.getHtml()).toList()).toList()).isEmpty();
    }

    private static void requireWithinTheScreen(Page page) {
        assertThat((Iterable<?>) page.evaluate(STICKING_OUT)).as("what sticks out at the side of %s", page.url())
                .isEmpty();
    }

    /** Closes the window; what its scripts stumbled over is a failure. */
    void done(Page page) {
        page.context().close();
        assertThat(errors).as("errors in the browser").isEmpty();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
