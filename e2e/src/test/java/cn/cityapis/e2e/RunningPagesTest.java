package cn.cityapis.e2e;

import cn.cityapis.e2e.Browser.Screen;
import cn.cityapis.stack.demo.DemoIdentity;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The pages of a platform that {@code ./run} started: {@code -Dtest=RunningPagesTest -Dpages.url=http://localhost:8080}. */
@EnabledIfSystemProperty(named = "pages.url", matches = "http.+")
class RunningPagesTest {

    private final Callers callers = new Callers(System.getProperty("pages.url"));

    @Test
    void everythingThatPeopleDoOnThePages() {
        try (Browser browser = new Browser(callers.url())) {
            PagesSteps pages = new PagesSteps(browser,
                    new EldercareSteps(callers, callers.today())::leadToAnOffer);
            for (Screen screen : Screen.values()) {
                pages.findsMedicineNearby(screen);
                pages.readsWhoPays(screen);
                pages.learnsWhatHeIsEntitledTo(screen);
                pages.appliesForAPlace(screen);
                pages.showsOperatorsWhatTheyRun(screen, callers.as(DemoIdentity.CITY).token());
            }
            pages.goesOnAfterTheNetworkWasGone();
            pages.isLargeForThoseWhoNeedIt();
            pages.weighsLittle();
        }
    }

    @Test
    void whatDevelopersDoOnThePortal() {
        try (Browser browser = new Browser(callers.url())) {
            PortalSteps portal = new PortalSteps(browser, callers);
            for (Screen screen : Screen.values()) {
                portal.findsItsWay(screen);
                portal.choosesALanguage(screen);
                portal.isToldOfATestEvent(screen);
            }
        }
    }

    /** Once on one data folder: whoever has applied cannot apply again. */
    @Test
    void theProgramsOfThePortal() throws IOException, InterruptedException {
        PortalPrograms programs = new PortalPrograms(ProjectFiles.root(), callers);
        PortalPrograms.requireWholeWalk(programs.java());
        PortalPrograms.requireWholeWalk(programs.miniProgram());
    }

    @Test
    void troubleOnEverySight() {
        try (Browser browser = new Browser(callers.url())) {
            TroubleSteps trouble = new TroubleSteps(browser, Sight.Demo.of(callers));
            for (Screen screen : Screen.values()) {
                for (Sight sight : Sight.on(screen)) {
                    trouble.waitsFailsAndComesBack(screen, sight);
                }
            }
            Sight.OF_CITIZENS.forEach(trouble::leavesTheOthersAlone);
        }
    }
}
