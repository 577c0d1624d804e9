package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.stack.Launcher;
import cn.cityapis.stack.Progress;
import cn.cityapis.stack.Project;
import cn.cityapis.stack.RunningStack;
import cn.cityapis.stack.StartOptions;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through of the product, through the gateway, on the processes that {@code ./run} starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformIT {

    static final Path CACHE = Path.of("target/stack").toAbsolutePath();

    @TempDir
    static Path folder;
    private DataFolder data;
    private StartOptions options;
    private Launcher launcher;
    private Callers callers;
    private String settlement = "";

    @BeforeAll
    void start() {
        data = new DataFolder(folder.resolve("data"));
        options = StartOptions.defaults().withPort(Ports.pick(1).get(0)).withStartupCache(false);
        launch();
    }

    private void launch() {
        launcher = new Launcher(new Project(ProjectFiles.root(), CACHE), data, options, new Progress(System.out));
        RunningStack stack = launcher.start();
        callers = new Callers(stack.url());
    }

    @AfterAll
    void stop() {
        launcher.close();
        assertThat(ours()).as("processes left over").isEmpty();
    }

    @Test
    @Order(6)
    void step6PharmacyFromTheMapToTheSettlementAndThePriceFlag() {
        PharmacyStep step = new PharmacyStep(callers);
        String drug = step.findsTheNearestAtTheProcuredPrice();
        step.seesSwappedCoordinatesRefused();
        settlement = step.orders(drug);
        step.seesTheSettlementDueWithinThirtyDays(settlement);
        step.seesAPharmacyFlaggedThatSellsAbove(drug);
    }

    @Test
    @Order(20)
    void aStopAndANewStartKeepTheData() {
        launcher.close();
        assertThat(ours()).as("processes left over").isEmpty();
        launch();
        new PharmacyStep(callers).seesTheSettlementDueWithinThirtyDays(settlement);
    }

    /** Every process on this machine that works on our data or runs one of our images. */
    private static List<String> ours() {
        return ProcessHandle.allProcesses().filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString()) || line.contains(CACHE.toString())).toList();
    }
}
