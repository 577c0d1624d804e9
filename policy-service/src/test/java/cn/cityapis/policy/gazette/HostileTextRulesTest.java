package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Whatever the lines and their order: no character is lost, nothing is thrown, no content is left out of the articles. The
 * length of the run: -Dfuzz.runs=…; a seed that failed: -Dfuzz.seed=….
 */
class HostileTextRulesTest {

    private static final int RUNS = Integer.getInteger("fuzz.runs", 400);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int DEEPEST = 10;
    private static final List<String> TRAPS = List.of("目录", "附件", "附件1", "附件：", "附件：1.灯塔名册", "注：见网站", "第一条", "第三章",
            "一、", "（一）",
            "1.", "（1）", "第68号", "海岚市人民政府令", "2031年第5号", "关于", "海岚市民政局", "2031年2月30日", "\t", "\t\t甲", "甲\t\t",
            "（海政发〔2031〕3号）（1）",
            "海政发〔2031〕3号", "海岚市人民政府文件", "（2031年6月29日会议通过）", "……3", "（7）", "《", "》", "（", "）", "第九条、", "：", "。", "　　",
            "\uFEFF",
            "🀄𠮷", "注：", "成 员:周 海 市文化局局长", "有效期至9999年99月99日", "第999999999999条", "（十十十）", "12345678901234.");

    @Test
    void losesNothingHoweverTheLinesAreMixed() {
        System.out.println("fuzz.seed=" + SEED + " fuzz.runs=" + RUNS);
        Random random = new Random(SEED);
        List<String> lines = new ArrayList<>(
                Arrays.stream(Gazettes.madeUp().split("\n")).map(HostileTextRulesTest::plain).toList());
        lines.addAll(TRAPS);
        for (int run = 0; run < RUNS; run++) {
            String text = mix(lines, random);
            int number = run;
            assertThatCode(() -> check(text)).as("seed %d, run %d:%n%s", SEED, number, text).doesNotThrowAnyException();
        }
    }

    private static void check(String text) {
        GazetteIssue issue = GazetteParser.parse(text);
        CharacterConservation.holds(text, issue);
        assertThat(issue.warnings()).extracting(Warning::code).doesNotContain("not-parsed");
        issue.documents().forEach(document -> {
            assertThat(depth(document.tree())).isLessThanOrEqualTo(DEEPEST);
            contentIsInArticles(document.tree());
        });
    }

    /** All that is neither head nor signature is found in an article, or is one of its headings. */
    private static void contentIsInArticles(Node tree) {
        List<Article> articles = ArticleSplitter.split(tree);
        String found = articles.stream().map(article -> article.heading() + "\n" + article.text())
                .collect(Collectors.joining("\n"));
        tree.walk(node -> {
            boolean content = switch (node.kind()) {
                case PARAGRAPH, LIST_ENTRY, TABLE, NOTE, ATTACHMENT_LIST, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT ->
                    true;
                case DOCUMENT, INSTRUMENT, ATTACHMENT, CHAPTER, SECTION, TITLE, ORGAN, NUMBER, ADDRESSEES, SIGNATURE,
                        DATE,
                        COVER, CONTENTS ->
                    false;
            };
            if (content) {
                assertThat(found).contains(node.text());
                node.rows().forEach(row -> assertThat(found).contains(row));
            }
        });
        assertThat(articles).extracting(Article::key).doesNotHaveDuplicates();
    }

    private static String mix(List<String> lines, Random random) {
        List<String> picked = new ArrayList<>();
        int from = random.nextInt(lines.size());
        picked.addAll(lines.subList(from, Math.min(lines.size(), from + random.nextInt(60))));
        for (int i = random.nextInt(40); i > 0; i--) {
            String line = lines.get(random.nextInt(lines.size()));
            int cut = line.isEmpty() ? 0 : random.nextInt(line.length());
            picked.add(random.nextInt(picked.size() + 1), switch (random.nextInt(4)) {
                case 0 -> line.substring(0, cut);
                case 1 -> line.substring(cut) + lines.get(random.nextInt(lines.size()));
                default -> line;
            });
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(picked, random);
        }
        return picked.stream().map(HostileTextRulesTest::plain)
                .collect(Collectors.joining(random.nextBoolean() ? "\n" : "\n\n"));
    }

    /** Without what is layout only in one place: a cut or a join would make layout of what was none. */
    private static String plain(String line) {
        return line.replaceAll("[-*+]", "");
    }

    private static int depth(Node node) {
        return 1 + node.children().stream().mapToInt(HostileTextRulesTest::depth).max().orElse(0);
    }

    @Test
    void staysShallowHoweverDeepTheNumbersPretendToNest() {
        String ladder = "第一章 甲\n第一节 乙\n第一条 丙\n一、丁\n（一）戊\n1.己\n（1）庚\n";
        String text = "海岚市民政局\n关于试验的通知\n海民发〔2031〕9号\n" + ladder.repeat(5_000) + "（".repeat(20_000)
                + "\n附件\n".repeat(2_000);
        GazetteIssue issue = Assertions.assertTimeout(Duration.ofMinutes(1), () -> GazetteParser.parse(text));
        CharacterConservation.holds(text, issue);
        assertThat(depth(issue.documents().getFirst().tree())).isLessThanOrEqualTo(DEEPEST);
        assertThat(issue.warnings()).extracting(Warning::code).doesNotContain("not-parsed");
    }

    @Test
    void takesTimeInProportionToTheText() {
        List<String> shapes = List.of("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊\n", "海岚市民政局\n", "附件：1.灯塔名册\n", "（责任单位：市文化局）\n1.灯\n",
                " ".repeat(50) + "甲" + " ".repeat(50), "（1）", "甲\t乙\n", "关于灯塔的通知\n", "2031年第5号\n", "海政发〔2031〕9号\n",
                "（海政发〔2031〕3号）（1）\n");
        for (String shape : shapes) {
            String text = "海岚市民政局\n关于试验的通知\n海民发〔2031〕9号\n" + shape.repeat(300_000 / shape.length());
            Assertions.assertTimeout(Duration.ofMinutes(1), () -> GazetteParser.parse(text), shape);
        }
        String contents = "目录\n" + IntStream.range(1, 5_000).mapToObj(i -> "关于灯塔" + i + "的通知（海政发〔2031〕" + i + "号）（1）\n")
                .collect(Collectors.joining());
        Assertions.assertTimeout(Duration.ofMinutes(1), () -> GazetteParser.parse(contents + contents.substring(3)));
    }

    @Test
    void keepsTheKindsOfNodesThatTheTreePromises() {
        // a walk over every node of a mixed text visits each kind of number at most once on the way down
        Random random = new Random(5);
        List<String> lines = Arrays.asList(Gazettes.madeUp().split("\n"));
        for (int i = 0; i < 50; i++) {
            GazetteParser.parse(mix(lines, random)).documents().forEach(document -> ranksRise(document.tree(), 0));
        }
    }

    private static void ranksRise(Node node, int above) {
        if (node.kind().numbered()) {
            assertThat(node.kind().rank()).isGreaterThan(above);
        }
        int here = node.kind() == Kind.ATTACHMENT_LIST ? 0 : node.kind().numbered() ? node.kind().rank() : above;
        node.children().forEach(child -> ranksRise(child, here));
    }
}
