package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.cityapis.stack.DevelopmentDay;
import cn.cityapis.stack.Launcher;
import cn.cityapis.stack.Progress;
import cn.cityapis.stack.Project;
import cn.cityapis.stack.RunningStack;
import cn.cityapis.stack.Stack;
import cn.cityapis.stack.StartOptions;
import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.process.Ledger;
import cn.cityapis.trials.Place;
import cn.cityapis.trials.fuzz.Fuzz;
import cn.cityapis.trials.fuzz.FuzzReport;
import cn.cityapis.trials.fuzz.FuzzRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walk-through of the product, through the gateway, on the processes that {@code ./run} starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformIT {

    static final Path CACHE = Path.of("target/stack").toAbsolutePath();

    /** A Monday whose deadlines end within the working calendar that is known. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static final Duration FUZZING = Duration.ofSeconds(20);
    private static final long FUZZ_SEED = 11;

    @TempDir
    static Path folder;
    private final int port = Ports.pick(1).get(0);
    private DataFolder data;
    private Launcher launcher;
    private RunningStack stack;
    private Callers callers;
    private EldercareSteps eldercare;
    private SubsidyStep subsidy;
    private String settlement = "";

    @BeforeAll
    void start() {
        data = new DataFolder(folder.resolve("data"));
        launch(StartOptions.defaults().withToday(TODAY));
        eldercare = new EldercareSteps(callers, TODAY);
        subsidy = new SubsidyStep(callers, TODAY);
    }

    private void launch(StartOptions options) {
        launcher = new Launcher(project(), data,
                options.withPort(port).withStartupCache(false).withSettings(Fuzz.NO_LIMITS), new Progress(System.out));
        stack = launcher.start();
        callers = new Callers(stack.url());
    }

    private static Project project() {
        return new Project(ProjectFiles.root(), CACHE);
    }

    @AfterAll
    void stop() {
        launcher.close();
        assertThat(ours()).as("processes left over").isEmpty();
    }

    @Test
    @Order(1)
    void step1EverybodyGetsAToken() {
        for (DemoIdentity who : DemoIdentity.values()) {
            assertThat(callers.as(who).token()).as(who.word()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        }
    }

    @Test
    @Order(2)
    void step2PolicyFindsTheLapsedArticleThatSaysWhoPays() {
        PolicyStep step = new PolicyStep(callers);
        step.findsTheArticleThatSaysWhoPays();
        step.sawItInForceInTheMiddleOf2024();
        step.anUnknownNumberIsAProblemInChinese();
    }

    @Test
    @Order(3)
    void step3EldercareFromTheListOfHomesToAPosition() {
        eldercare.listsHomesWithTheirFreeBeds();
        eldercare.appliesAndSeesEverythingThatIsMissingAtOnce();
        eldercare.completesItAndSeesTheProvisionalPosition();
        eldercare.nobodyElseSeesTheApplication(callers.citizen("somebody-else"));
    }

    @Test
    @Order(4)
    void step4EldercareFromTheReviewToTheDayOfMovingIn() {
        eldercare.isReviewedAndAssessedAndChangesChannel();
        eldercare.isOfferedABedAndAccepts();
        eldercare.thePublicQueueNamesNobody();
    }

    @Test
    @Order(5)
    void step5SubsidyFromTheQuestionToTheFirstPayment() {
        subsidy.asksWhatADoctorIsEntitledTo();
        subsidy.appliesAndSeesEverythingThatIsMissingAtOnce();
        subsidy.isReviewedByTheDistrictAndApprovedByTheCity();
        subsidy.seesTheCommitmentInALedgerThatAddsUp();
        subsidy.hasNoPaymentYet();
        Stack.main(new String[]{"advance", "P31D", "--data", data.root().toString()});
        subsidy.seesTheFirstPaymentOnceTheClockHasMovedOn();
    }

    @Test
    @Order(6)
    void step6PharmacyFromTheMapToTheSettlementAndThePriceFlag() throws InterruptedException {
        PharmacyStep step = new PharmacyStep(callers);
        try (PartnerStep partner = new PartnerStep(callers)) {
            partner.subscribesToOrders();
            pharmacy(step);
            partner.isToldOfTheOrderWithASignatureThatHolds();
        }
    }

    private void pharmacy(PharmacyStep step) {
        String drug = step.findsTheNearestAtTheProcuredPrice();
        step.seesSwappedCoordinatesRefused();
        settlement = step.orders(drug);
        step.seesTheSettlementDueWithinThirtyDays(settlement);
        step.seesAPharmacyFlaggedThatSellsAbove(drug, clock().now().toOffsetDateTime());
    }

    @Test
    @Order(7)
    void theProgramsOfThePortalDoTheWalkThrough() throws IOException, InterruptedException {
        PortalPrograms programs = new PortalPrograms(ProjectFiles.root(), callers);
        PortalPrograms.requireWholeWalk(programs.java());
        assumeTrue(PortalPrograms.hasNode(), "Skipped: Node.js is not on this machine");
        PortalPrograms.requireWholeWalk(programs.miniProgram());
    }

    @Test
    @Order(8)
    void theGeneratedClientsDoTheirFirstSteps() throws IOException, InterruptedException {
        GeneratedClients clients = new GeneratedClients(ProjectFiles.root().resolve("clients"), callers);
        assumeTrue(clients.made(), "Skipped: the tests of clients have left none");
        assertThat(clients.java()).isEqualTo("DRAFT");
        assumeTrue(clients.madeTypeScript(), "Skipped: npm is not on this machine");
        assertThat(clients.typeScript()).isEqualTo("DRAFT");
    }

    @Test
    @Order(9)
    void whatTheServicesCiteIsThereToRead() {
        new PolicyStep(callers).everyCitationLeadsToItsArticle(callers.citations());
    }

    @Test
    @Order(10)
    void theDoorKeepsOthersOut() throws SQLException {
        Door door = new Door(callers);
        door.isShutWithoutAToken();
        door.isShutForATokenOfAnotherAudience();
        door.isShutForAForgedToken();
        door.showsNothingOfTheInside();
        door.keepsEachServiceInItsOwnDatabase(data);
    }

    @Test
    @Order(11)
    void aSecondStartOnTheSameDataIsRefusedInOneLine() {
        try (Launcher second = new Launcher(project(), data,
                StartOptions.defaults().withPort(port), new Progress(System.out))) {
            assertThatThrownBy(second::start).isInstanceOf(StackException.class)
                    .hasMessageContaining("a stack runs already at http://localhost:" + port).message()
                    .doesNotContain("\n");
        }
        assertThat(callers.as(DemoIdentity.APP).get("/api/subsidy/v1/schemes").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    @Order(12)
    void citizensDoOnThePagesWhatTheyCameFor(Browser.Screen screen) {
        browsing(pages -> {
            pages.findsMedicineNearby(screen);
            pages.readsWhoPays(screen);
            pages.learnsWhatHeIsEntitledTo(screen);
            pages.appliesForAPlace(screen);
            pages.showsOperatorsWhatTheyRun(screen, callers.as(DemoIdentity.CITY).token());
        });
    }

    @ParameterizedTest
    @EnumSource
    @Order(13)
    void developersFindTheirWayOnThePortal(Browser.Screen screen) {
        inChromium(browser -> {
            PortalSteps portal = new PortalSteps(browser, callers);
            portal.findsItsWay(screen);
            portal.choosesALanguage(screen);
            portal.isToldOfATestEvent(screen);
        });
    }

    @ParameterizedTest
    @EnumSource
    @Order(13)
    void thePagesSayWhatIsWrongAndComeBack(Browser.Screen screen) {
        inChromium(browser -> {
            TroubleSteps trouble = new TroubleSteps(browser, Sight.Demo.of(callers));
            for (Sight sight : Sight.on(screen)) {
                trouble.waitsFailsAndComesBack(screen, sight);
            }
        });
    }

    @Test
    @Order(14)
    void thePagesStandForThemselvesAndAreLightAndLarge() {
        inChromium(browser -> {
            TroubleSteps trouble = new TroubleSteps(browser, Sight.Demo.of(callers));
            Sight.OF_CITIZENS.forEach(trouble::leavesTheOthersAlone);
        });
        browsing(pages -> {
            pages.goesOnAfterTheNetworkWasGone();
            pages.isLargeForThoseWhoNeedIt();
            pages.weighsLittle();
        });
    }

    private void browsing(Consumer<PagesSteps> steps) {
        inChromium(browser -> steps.accept(new PagesSteps(browser,
                new EldercareSteps(callers, clock().now().toLocalDate())::leadToAnOffer)));
    }

    private void inChromium(Consumer<Browser> steps) {
        assumeTrue(Browser.executable().isPresent(), "Skipped: Chromium is not on this machine");
        try (Browser browser = new Browser(callers.url())) {
            steps.accept(browser);
        }
    }

    @Test
    @Order(30)
    void theCallsOfTheReadmeWorkAsPasted() throws IOException, InterruptedException {
        assumeTrue(ReadmeWalkThrough.canRun(), "Skipped: bash or curl is not on this machine");
        String said = ReadmeWalkThrough.run(callers.url(), folder.resolve("data"));
        assertThat(said)
                .as("step 1").contains("\"access_token\"")
                .as("step 2").contains("\"validUntil\":\"2024-12-31\"", "已失效")
                .as("step 3").contains("/applicant/idNumber", "\"SUBMITTED\"")
                .as("step 4").contains("\"MODERATE\"", "\"SPECIAL\"", "\"PAPERS_CHECKED\"", "\"COMPLETED\"")
                .as("step 5")
                .contains("\"amountFen\":500000", "\"first-review\"", "\"second-review\"", "\"paidFen\":500000",
                        "\"consistent\":true")
                .as("step 6").contains("\"gcj02\"", "\"confirmed\"", "\"termDays\":30", "\"level\":\"red\"")
                .as("refusals").doesNotContain("/docs/errors#");
    }

    @Test
    @Order(20)
    void aKillAStopAndANewStartKeepTheDataAndTheClock() {
        if (Browser.executable().isPresent()) {
            try (Browser browser = new Browser(callers.url())) {
                new TroubleSteps(browser, Sight.Demo.of(callers)).missesWhatIsDead(this::killPharmacy,
                        this::startAgain);
            }
        } else {
            killPharmacy();
            startAgain();
        }
        assertThat(clock().now().toLocalDate()).isEqualTo(TODAY.plusDays(31));
        eldercare.seesTheAdmission(callers.as(DemoIdentity.CITIZEN));
        new PharmacyStep(callers).seesTheSettlementDueWithinThirtyDays(settlement);
        subsidy.seesTheFirstPaymentOnceTheClockHasMovedOn();
    }

    private void killPharmacy() {
        Ledger.read(data.running()).orElseThrow().processes().get("pharmacy").process().orElseThrow()
                .destroyForcibly();
    }

    private void startAgain() {
        launcher.close();
        assertThat(ours()).as("processes left over").isEmpty();
        launch(StartOptions.defaults());
    }

    /** The long form, with other seeds: trials/run fuzz. */
    @Test
    @Order(40)
    void oddInputInEveryOperationIsRefusedAndShowsNothing() throws IOException, InterruptedException, SQLException {
        FuzzReport report = new FuzzRun(new Place(ProjectFiles.root(), stack.environment()), FUZZ_SEED, 1_500, FUZZING,
                4,
                System.out::println).run();
        System.out.println(report.line());
        assertThat(report.faults()).isEmpty();
        assertThat(report.shed()).as("answers 503 of " + report.line()).isLessThan(1 + report.requests() / 200);
        assertThat(report.requests()).as(report.line()).isGreaterThan(200);
    }

    private DevelopmentDay clock() {
        return new DevelopmentDay(data, Clock.systemUTC());
    }

    /** Every process on this machine that works on our data or runs one of our images. */
    private static List<String> ours() {
        return ProcessHandle.allProcesses().filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString()) || line.contains(CACHE.toString())).toList();
    }
}
