package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.Validity;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GazetteParserRulesTest {

    private final GazetteIssue issue = GazetteParser.parse(Gazettes.madeUp());

    @Test
    void readsTheIssue() {
        assertThat(List.of(issue.year(), issue.number(), issue.runningNumber())).containsExactly(2031, 2, 41);
        assertThat(issue.documents()).extracting(document -> String.valueOf(document.number())).containsExactly(
                "海政发〔2031〕3号", "海民发〔2031〕8号", "海政办字〔2031〕12号", "海政发〔2031〕4号", "海政字〔2031〕20号");
        assertThat(issue.documents()).extracting(GazetteDocument::topic).containsExactly("民生", "民生", "民生", "其他", "其他");
    }

    @Test
    void losesNoCharacter() {
        CharacterConservation.holds(Gazettes.madeUp(), issue);
        CharacterConservation.holds(Gazettes.digest(), GazetteParser.parse(Gazettes.digest()));
    }

    @Test
    void losesNoCharacterHoweverTheTextIsCut() {
        Random random = new Random(7);
        String text = Gazettes.madeUp();
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(text.length());
            int to = from + random.nextInt(text.length() - from);
            // a cut inside a list mark or emphasis would make layout of what was none
            String piece = text.substring(from, to).replaceAll("\\*", "").replaceAll("(?m)^- ?", "");
            CharacterConservation.holds(piece, GazetteParser.parse(piece));
        }
    }

    @Test
    void losesNoCharacterOfTextThatIsNoGazette() {
        for (String text : List.of("", "\n\n", "一句没有文号的话。", "号", "目录\n目录", "（海政发〔2031〕3号）（1）", "a\tb\n\tc",
                "附件\n附件1\n附件：")) {
            CharacterConservation.holds(text, GazetteParser.parse(text));
        }
    }

    @Nested
    class Heads {

        @Test
        void joinsATitleBrokenInTheContents() {
            assertThat(document(0).title()).isEqualTo("海岚市人民政府关于给图书借阅者发放补助的实施意见");
        }

        @Test
        void readsAllOrgansOfAJointDocument() {
            assertThat(document(1).organs()).containsExactly("海岚市民政局", "海岚市财政局");
            assertThat(document(1).title()).isEqualTo("海岚市民政局等2部门关于印发《海岚市社区食堂管理办法（试行）》的通知");
        }

        @Test
        void joinsAddresseesOverSeveralLines() {
            assertThat(document(1).addressees()).isEqualTo("各区民政局、财政局，南湾新区社会事务部，各社区食堂：");
        }

        @Test
        void readsAHeadInEmphasis() {
            assertThat(document(4).title()).isEqualTo("海岚市人民政府关于公布海边步道名单的通知");
        }
    }

    @Nested
    class Dates {

        @Test
        void readsIssueForceAndEnd() {
            assertThat(document(0).validity())
                    .isEqualTo(new Validity(LocalDate.of(2031, 2, 20), LocalDate.of(2031, 3, 1),
                            LocalDate.of(2033, 2, 28), false));
        }

        @Test
        void knowsATrialByItsTitle() {
            assertThat(document(1).validity())
                    .isEqualTo(new Validity(LocalDate.of(2031, 2, 25), LocalDate.of(2031, 4, 1),
                            LocalDate.of(2032, 3, 31), true));
        }

        @Test
        void leavesOpenWhatTheTextDoesNotSay() {
            assertThat(document(2).validity()).isEqualTo(new Validity(LocalDate.of(2031, 3, 2), null, null, false));
        }
    }

    @Nested
    class Trees {

        @Test
        void joinsALineCutByThePage() {
            assertThat(text(0, "1")).isEqualTo("一、谁能领\n借书满一年、按期归还的人都可以领，住在外地的人也一样。");
            assertThat(text(0, "2.1.2")).contains("市档案局和市妇联)");
        }

        @Test
        void readsANumberThatRunsIntoItsText() {
            assertThat(text(0, "2.2.17")).isEqualTo("17.5G 信号差的乡镇，可以写信申请。");
        }

        @Test
        void takesACutCitationForNoArticle() {
            assertThat(text(1, "4")).endsWith("符合本办法第三条、第五条规定的，由街道代付。");
            assertThat(ArticleSplitter.split(document(1).tree())).extracting(Article::number)
                    .filteredOn(number -> number != null)
                    .containsExactly(1, 2, 3, 4, 5, 7);
        }

        @Test
        void putsAParagraphBehindTheItemsOfAnArticleBesideThem() {
            Node article = nodes(1).filter(node -> "第三条".equals(node.label())).findFirst().orElseThrow();
            assertThat(article.children()).extracting(Node::kind).containsExactly(Kind.SUBITEM, Kind.SUBITEM,
                    Kind.PARAGRAPH);
        }

        @Test
        void keepsTheEffectClauseOutOfTheLastItem() {
            assertThat(text(0, "0")).contains("自2031年3月1日起施行");
        }

        @Test
        void keepsTablesAsTables() {
            Node table = nodes(3).filter(node -> node.kind() == Kind.TABLE).findFirst().orElseThrow();
            assertThat(table.rows()).hasSize(4);
            assertThat(table.rows().get(2)).containsExactly("2", "海岚市渡口规则", "海政发〔2000〕5号公布、海政发〔2015〕9号修改");
            assertThat(table.rows().get(3)).startsWith("", "海岚市缆车规则");
        }

        @Test
        void opensAnAttachmentWithAndWithoutItsMark() {
            assertThat(nodes(2).filter(node -> node.kind() == Kind.ATTACHMENT).map(Node::label)).containsExactly("附件");
            assertThat(nodes(3).filter(node -> node.kind() == Kind.ATTACHMENT)).hasSize(1);
        }

        @Test
        void keepsNamesAndPostsApart() {
            assertThat(nodes(2).filter(node -> node.kind() == Kind.LIST_ENTRY).map(Node::text)).containsExactly(
                    "召集人:林知远 市政府副秘书长", "成 员:周 海 市文化局局长", "欧阳明 灯塔管理处主任");
        }

        @Test
        void joinsLinesOfANarrowColumn() {
            assertThat(text(4, "0")).isEqualTo("现把第一批海边步道公布如下：");
            assertThat(text(4, "1")).isEqualTo("1.松林步道，在北岸镇松林村；");
        }
    }

    @Test
    void reportsWhatIsOddAndResolvesNothingSilently() {
        assertThat(issue.warnings()).extracting(Warning::code).containsExactlyInAnyOrder("number-conflict",
                "title-repeated",
                "article-sequence", "attachment-elsewhere", "table-rows-differ", "missing-document");
        assertThat(document(0).contentsNumber()).hasToString("海政办发〔2031〕3号");
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("missing-document")).first()
                .satisfies(warning -> assertThat(warning.detail()).contains("调整渡轮票价"));
    }

    @Test
    void keepsATextWithoutANumberAsOneDocument() {
        GazetteIssue single = GazetteParser.parse("关于借书的说明\n\n一、可以借十本。\n二、可以借一个月。\n");
        assertThat(single.warnings()).extracting(Warning::code).containsExactly("no-document-number");
        assertThat(ArticleSplitter.split(single.documents().getFirst().tree())).extracting(Article::key)
                .containsExactly("1", "2");
    }

    @Test
    void readsASingleDocument() {
        GazetteIssue single = GazetteParser
                .parse("海岚市民政局\n关于开放阅览室的通知\n海民发〔2031〕9号\n各区民政局：\n第一条 每天开放。\n海岚市民政局\n2031年5月1日\n");
        assertThat(single.warnings()).isEmpty();
        assertThat(single.documents().getFirst().title()).isEqualTo("海岚市民政局关于开放阅览室的通知");
    }

    private GazetteDocument document(int index) {
        return issue.documents().get(index);
    }

    private Stream<Node> nodes(int index) {
        List<Node> nodes = new ArrayList<>();
        document(index).tree().walk(nodes::add);
        return nodes.stream();
    }

    private String text(int index, String key) {
        return ArticleSplitter.split(document(index).tree()).stream().filter(article -> article.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no article " + key)).text();
    }
}
