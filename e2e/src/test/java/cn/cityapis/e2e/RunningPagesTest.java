package cn.cityapis.e2e;

import cn.cityapis.e2e.Browser.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pages of a platform that runs already: {@code -Dtest=RunningPagesTest -Dpages.url=http://localhost:8080}, and
 * for the operators' boards {@code -Dpages.token=$(./run token city)}.
 */
@EnabledIfSystemProperty(named = "pages.url", matches = "http.+")
class RunningPagesTest {

    @Test
    void everythingThatPeopleDoOnThePages() {
        try (Browser browser = new Browser(System.getProperty("pages.url"))) {
            PagesSteps pages = new PagesSteps(browser);
            for (Screen screen : Screen.values()) {
                pages.findsMedicineNearby(screen);
                pages.readsWhoPays(screen);
                pages.learnsWhatHeIsEntitledTo(screen);
                pages.appliesForAPlace(screen);
            }
            pages.saysWhatIsDown();
            pages.goesOnAfterTheNetworkWasGone();
            pages.saysThatItIsSlow();
            pages.isLargeForThoseWhoNeedIt();
            pages.weighsLittle();
            if (System.getProperty("pages.token") != null) {
                pages.showsOperatorsWhatTheyRun(System.getProperty("pages.token"));
            }
        }
    }
}
