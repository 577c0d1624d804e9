package cn.cityapis.bench.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Made-up documents and questions: the same seed and index always give the same. */
final class Corpus {

    private static final List<String> CHAPTERS = List.of("总则", "申请与受理", "标准与资金", "监督管理", "法律责任", "附则");
    private static final List<String> ENDINGS = List.of("怎么申请", "标准是多少", "需要什么材料", "由谁负责", "多少钱", "什么条件可以享受");
    private static final int YEARS = 17;
    private static final int ARTICLES_A_CHAPTER = 8;

    private final long seed;
    private final Vocabulary words;

    Corpus(long seed) {
        this.seed = seed;
        this.words = new Vocabulary(seed);
    }

    /** Endless; its head is the same however much is taken. */
    Stream<Document> documents() {
        return IntStream.iterate(0, index -> index + 1).mapToObj(this::document);
    }

    Document document(int index) {
        Random random = new Random(seed * 1_000_003 + index);
        String place = Vocabulary.place(random);
        String body = Vocabulary.body(random);
        String about = words.noun(random);
        LocalDate issued = LocalDate.of(2010 + index % YEARS, 1 + random.nextInt(12), 1 + random.nextInt(28));
        String word = place.substring(0, 1) + body.substring(0, 1) + "发";
        return new Document(place + body, "关于印发《" + place + about + "管理办法》的通知", word, issued.getYear(),
                index / YEARS + 1, "各区" + body + "，市直有关部门：", Vocabulary.topic(random), issued,
                issued.plusYears(5 + random.nextInt(15)), chapters(about, random));
    }

    private List<Document.Chapter> chapters(String about, Random random) {
        List<Document.Chapter> chapters = new ArrayList<>();
        int number = 0;
        int count = 1 + random.nextInt(CHAPTERS.size() - 1);
        for (int chapter = 0; chapter < count; chapter++) {
            List<Document.Article> articles = new ArrayList<>();
            for (int left = 1 + random.nextInt(ARTICLES_A_CHAPTER * 2 - 1); left > 0; left--) {
                articles.add(new Document.Article(++number, article(about, random)));
            }
            chapters.add(new Document.Chapter("第" + Document.numeral(chapter + 1) + "章 " + CHAPTERS.get(chapter),
                    articles));
        }
        return chapters;
    }

    private String article(String about, Random random) {
        StringBuilder text = new StringBuilder();
        for (int sentences = 1 + random.nextInt(4); sentences > 0; sentences--) {
            for (int clauses = random.nextInt(4); clauses > 0; clauses--) {
                text.append(clause(about, random)).append('，');
            }
            text.append(clause(about, random)).append('。');
        }
        return text.toString();
    }

    private String clause(String about, Random random) {
        String subject = random.nextInt(6) == 0 ? about : words.noun(random);
        String other = words.noun(random);
        String verb = words.verb(random);
        return switch (random.nextInt(9)) {
            case 0 -> subject + "应当向所在地" + Vocabulary.body(random) + verb + other;
            case 1 -> "由" + Vocabulary.body(random) + verb + subject + "和" + other;
            case 2 -> "对符合条件的" + subject + "，给予不超过" + (1 + random.nextInt(500)) + "万元的" + other;
            case 3 -> "自" + words.verb(random) + subject + "之日起" + (1 + random.nextInt(60)) + "个工作日内" + verb + other;
            case 4 -> "按照" + subject + "有关规定" + verb;
            case 5 -> subject + "、" + other + "等" + words.noun(random) + "的" + verb;
            case 6 -> verb + subject + "的，不得" + words.verb(random) + other;
            case 7 -> subject + "按" + (1 + random.nextInt(99)) + "%的比例" + verb;
            default -> (2010 + random.nextInt(YEARS)) + "年底前" + verb + subject + words.noun(random);
        };
    }

    /** What people type: a few terms, or a question. */
    List<String> questions(int count) {
        Random random = new Random(seed);
        return Stream.generate(() -> question(random)).distinct().limit(count).toList();
    }

    private String question(RandomGenerator random) {
        String first = words.noun(random);
        String second = words.noun(random);
        return switch (random.nextInt(4)) {
            case 0 -> first + Vocabulary.any(ENDINGS, random);
            case 1 -> first + " " + second;
            case 2 -> second + words.verb(random) + first;
            default -> first + " " + second + " " + words.verb(random);
        };
    }
}
