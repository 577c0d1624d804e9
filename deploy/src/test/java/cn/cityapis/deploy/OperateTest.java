package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The commands of deploy/operate. */
class OperateTest {

    private static final String SCHEME = "subsidy-service/src/main/resources/schemes/talent-living-allowance.yaml";

    @TempDir
    Path folder;

    @Test
    void aSchemeBecomesTheBodyOfAProposalCharacterForCharacter() {
        Shell.Result made = Shell.run(Project.ROOT, "deploy/operate/scheme-proposal", SCHEME, "2027-01-01",
                "按\"某某号\"文件");
        assertThat(made.exit()).as(made.said()).isZero();
        // JSON is YAML, but for long lines of one string only
        Map<String, String> body = new Yaml().load(made.said());
        assertThat(body).containsEntry("effectiveFrom", "2027-01-01").containsEntry("document", Project.text(SCHEME))
                .containsEntry("reason", "按\"某某号\"文件").hasSize(3);
        assertThat(Shell.run(Project.ROOT, "deploy/operate/scheme-proposal", SCHEME, "1.1.2027", "x").exit())
                .isEqualTo(2);
    }

    @Test
    void theNextYearIsPutBehindTheCalendar() throws IOException {
        Shell.Result made = calendar("date,kind,name\n2027-01-02,holiday,元旦\n2027-01-01,holiday,元旦\n");
        assertThat(made.exit()).as(made.said()).isZero();
        assertThat(made.said()).isEqualTo(Project.text("platform/src/main/resources/cn-working-calendar.csv")
                + "2027-01-01,holiday,元旦\n2027-01-02,holiday,元旦\n");
    }

    @Test
    void aYearThatIsThereOrLeavesAGapOrCannotBeReadIsRefused() throws IOException {
        assertThat(calendar("2026-01-01,holiday,元旦\n").said()).contains("ends with 2026", "2026");
        assertThat(calendar("2028-01-01,holiday,元旦\n").exit()).isEqualTo(1);
        assertThat(calendar("2027-01-01,holiday,a\n2028-01-01,holiday,a\n").exit()).isEqualTo(1);
        assertThat(calendar("2027-13-01,holiday,元旦\n").said()).contains("cannot be read").contains("1:2027-13-01");
        assertThat(calendar("2027-01-01,feast,元旦\n").exit()).isEqualTo(1);
        assertThat(calendar("").exit()).isEqualTo(1);
    }

    private Shell.Result calendar(String rows) throws IOException {
        Path file = Files.writeString(folder.resolve("new.csv"), rows);
        return Shell.run(Project.ROOT, "deploy/operate/next-year-calendar", file.toString());
    }
}
