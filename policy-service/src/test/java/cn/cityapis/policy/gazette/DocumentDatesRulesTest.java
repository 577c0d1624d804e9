package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;

import cn.cityapis.policy.text.Validity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up closing clauses in the wordings that gazettes have. */
class DocumentDatesRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"本办法自2031年7月1日起施行。自2018年6月1日起施行的《灯塔管理办法》同时废止。 | 2031-07-01 null",
            "本办法自2031年7月1日起施行。《灯塔管理办法》（海政发〔2018〕3号，有效期至2023年12月31日）同时废止。 | 2031-07-01 null",
            "《灯塔管理办法》自2018年6月1日起施行，现予废止。 | null null",
            "《灯塔管理办法》（海政发〔2018〕3号）原有效期至2031年12月31日，现延长至2033年12月31日。 | null null",
            "自2018年6月1日实施以来，灯塔管理成效明显。 | null null",
            "本办法由市航道局负责解释，自2031年8月9日起施行，有效期至2033年8月9日。《灯塔管理办法》同时废止。 | 2031-08-09 2033-08-09"})
    void areThoseOfTheDocumentItself(String clause, String expected) {
        assertThat(dates(clause)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"本办法自2031年9月1日起施行。有效期3年。 | 2031-09-01 2034-08-31",
            "本办法自2031年9月1日起施行，有效期为五年。 | 2031-09-01 2036-08-31",
            "本办法自2031年9月1日起施行，试行期两年。 | 2031-09-01 2033-08-31",
            "本办法自2031年9月1日起试行，试行期为6个月。 | 2031-09-01 2032-02-29",
            "本办法自2031年9月1日起施行，有效期截至2034年8月31日。 | 2031-09-01 2034-08-31",
            "本办法自2031年9月1日起施行，有效期截止到2034年8月31日。 | 2031-09-01 2034-08-31",
            "本办法有效期自2031年9月1日至2033年8月31日。 | 2031-09-01 2033-08-31",
            "本办法自印发之日起施行，有效期5年。 | 2031-05-01 2036-04-30", "本办法自发布之日起30日后施行。 | 2031-05-31 null",
            "本办法自公布之日起三十日后施行，有效期二年。 | 2031-05-31 2033-05-30",
            "本办法自二〇三一年九月一日起施行，有效期至二〇三三年八月三十一日。 | 2031-09-01 2033-08-31",
            "本办法自２０３１年９月１日起施行，有效期至２０３３年８月３１日。 | 2031-09-01 2033-08-31"})
    void areReadInEveryWording(String clause, String expected) {
        assertThat(dates(clause)).isEqualTo(expected);
    }

    @Test
    void areNotThoseOfAnAttachedList() {
        assertThat(dates("现将合格名单印发给你们。\n\n附件：合格灯塔名单", "\n附件\n合格灯塔名单\n1.东灯塔，证书有效期至2032年3月1日。\n2.西灯塔，自2019年1月1日起施行。\n"))
                .isEqualTo("null null");
    }

    @Test
    void sayWhereATermIsNotUnderstood() {
        assertThat(GazetteParser.parse(text("通知", "海岚市人民政府\n2031年5月1日", "本办法自2031年9月1日起施行，有效期至新规定出台之日。", ""))
                .warnings()).extracting(Warning::code).contains("term-not-read");
        assertThat(GazetteParser.parse(text("通知", "海岚市人民政府\n2031年5月1日", "证书有效期由市航道局规定。", "")).warnings())
                .extracting(Warning::code).doesNotContain("term-not-read");
    }

    @ParameterizedTest
    @CsvSource({"关于印发《灯塔管理暂行办法》的通知,true", "关于印发灯塔管理试行办法的通知,true", "关于印发《灯塔管理办法（试行）》的通知,true",
            "关于废止《灯塔管理暂行办法》的通知,false", "关于延长《灯塔管理办法（试行）》有效期的通知,false", "关于印发《灯塔管理办法》的通知,false"})
    void tellATrialByTheNameOfTheRule(String title, boolean trial) {
        Validity read = GazetteParser
                .parse("海岚市人民政府\n" + title + "\n海政发〔2031〕9号\n\n各区人民政府：\n\n请认真执行。\n\n海岚市人民政府\n2031年5月1日\n")
                .documents().getFirst().validity();
        assertThat(read.trial()).isEqualTo(trial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"海岚市人民政府\n二〇三一年五月一日", "海岚市人民政府\n二○三一年五月一日", "海岚市人民政府\n２０３１年５月１日", "2031年5月1日"})
    void ofIssueAreReadInEverySpelling(String signature) {
        GazetteIssue read = GazetteParser.parse(text("通知", signature, "请认真执行。", ""));
        assertThat(read.documents().getFirst().validity().issued()).isEqualTo(LocalDate.of(2031, 5, 1));
        assertThat(read.warnings()).extracting(Warning::code).doesNotContain("no-date");
    }

    @Test
    void ofIssueWithoutAnOrganAreNamed() {
        assertThat(GazetteParser.parse(text("通知", "2031年5月1日", "请认真执行。", "")).warnings())
                .extracting(Warning::code).containsExactly("date-unsigned");
    }

    private static String dates(String clause) {
        return dates(clause, "");
    }

    private static String dates(String clause, String behind) {
        Validity read = GazetteParser.parse(text("通知", "海岚市人民政府\n2031年5月1日", clause, behind)).documents().getFirst()
                .validity();
        assertThat(read.issued()).isEqualTo(LocalDate.of(2031, 5, 1));
        return read.inForce() + " " + read.until();
    }

    private static String text(String kind, String signature, String body, String behind) {
        return "海岚市人民政府\n关于灯塔管理的" + kind + "\n海政发〔2031〕9号\n\n各区人民政府：\n\n" + body + "\n\n" + signature + "\n" + behind;
    }
}
