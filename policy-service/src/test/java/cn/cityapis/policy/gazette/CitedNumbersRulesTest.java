package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

/** A number alone on its line is not always where a document begins. All made up. */
class CitedNumbersRulesTest {

    private static final String DECISION = "海岚市人民政府\n关于废止部分文件的决定\n海政发〔2031〕40号\n各区人民政府：\n";
    private static final String SIGNED = "海岚市人民政府\n2031年7月1日\n";
    private static final String NOTICE = "海岚市民政局\n关于点灯的通知\n海民发〔2031〕41号\n各区民政局：\n一、点灯。\n海岚市民政局\n2031年7月2日\n";

    @Test
    void keepsAListWhoseNumbersStandOnLinesOfTheirOwn() {
        GazetteIssue issue = read(DECISION + """
                下列文件自本决定公布之日起废止：
                1.海岚市人民政府关于喂海鸥的通知
                （海政发〔2012〕30号）
                2.海岚市人民政府关于修船的通知
                （海政发〔2013〕31号）
                """ + SIGNED + NOTICE);
        assertThat(numbers(issue)).containsExactly("海政发〔2031〕40号", "海民发〔2031〕41号");
        GazetteDocument decision = issue.documents().getFirst();
        assertThat(decision.validity().issued()).isEqualTo(LocalDate.of(2031, 7, 1));
        assertThat(decision.tree().plain()).contains("海政发〔2012〕30号", "海政发〔2013〕31号");
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("number-in-body"))
                .extracting(Warning::line).containsExactly(7, 9);
    }

    @Test
    void keepsAListWithoutMarksBelowTheSignature() {
        GazetteIssue issue = read(DECISION + "废止的文件见附件。\n" + SIGNED + """
                附件
                废止的文件
                海岚市人民政府关于喂海鸥的通知
                海政发〔2012〕30号
                海岚市人民政府关于修船的通知
                海政发〔2013〕31号
                """ + NOTICE);
        assertThat(numbers(issue)).containsExactly("海政发〔2031〕40号", "海民发〔2031〕41号");
    }

    @Test
    void keepsAListWithoutMarksAboveTheSignature() {
        GazetteIssue issue = read(DECISION + """
                下列文件废止：
                海岚市人民政府关于喂海鸥的通知
                （海政发〔2012〕30号）
                以下文件修改：
                海岚市人民政府关于修船的通知
                （海政发〔2013〕31号）
                """ + SIGNED);
        assertThat(numbers(issue)).containsExactly("海政发〔2031〕40号");
        assertThat(issue.documents().getFirst().validity().issued()).isEqualTo(LocalDate.of(2031, 7, 1));
    }

    @Test
    void keepsACitationThatThePageHasBroken() {
        for (String cited : List.of("根据《海岚市人民政府关于喂海鸥的通知》\n（海政发〔2012〕30号）\n的规定办理。\n",
                "执行《海岚市人民政府\n关于喂海鸥的通知\n海政发〔2012〕30号》的规定：\n", "《海岚市人民政府关于喂海鸥的通知》\n海政发〔2012〕30号\n各区：\n")) {
            assertThat(numbers(read(DECISION + cited + SIGNED))).containsExactly("海政发〔2031〕40号");
        }
    }

    @Test
    void readsADocumentThatIsAList() {
        assertThat(numbers(read("废止的文件\n1.海岚市人民政府关于喂海鸥的通知\n（海政发〔2012〕30号）\n"))).containsExactly("null");
    }

    @Test
    void beginsWhatIsAddressedToNobodyWhereBothAreSigned() {
        GazetteIssue issue = read(NOTICE + "海岚市人民政府\n关于林知远任职的通知\n海政任〔2031〕2号\n任命林知远为灯塔管理处主任。\n" + SIGNED
                + "海岚市人民政府令\n第70号\n《海岚市灯塔保护办法》现予公布。\n市长 林知远\n2031年7月3日\n");
        assertThat(numbers(issue)).containsExactly("海民发〔2031〕41号", "海政任〔2031〕2号", "海岚市人民政府令第70号");
        assertThat(issue.warnings()).extracting(Warning::code).doesNotContain("number-in-body");
    }

    @Test
    void beginsWhatTheContentsPageListsHoweverItReads() {
        GazetteIssue issue = read("""
                2031年第5期（总第44期）
                目录
                【政府】
                海岚市人民政府关于点灯的通知……（海政发〔2031〕43号）……2
                海岚市人民政府关于熄灯的通知……（海政发〔2031〕44号）……3
                海岚市人民政府
                关于点灯的通知
                海政发〔2031〕43号
                点灯。
                海岚市人民政府
                关于熄灯的通知
                海政发〔2031〕44号
                熄灯。
                """);
        assertThat(numbers(issue)).containsExactly("海政发〔2031〕43号", "海政发〔2031〕44号");
    }

    private static GazetteIssue read(String text) {
        GazetteIssue issue = GazetteParser.parse(text);
        CharacterConservation.holds(text, issue);
        return issue;
    }

    private static List<String> numbers(GazetteIssue issue) {
        return issue.documents().stream().map(GazetteDocument::number).map(String::valueOf).toList();
    }
}
