package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** Suggestions for as many documents as a million articles come from. */
class SuggestionsTest {

    private static final int DOCUMENTS = 60_000;
    private static final String WORDS = "威海市人民政府办公室关于印发加快推进养老机构医疗服务价格建设实施方案管理办法试行通知海洋经济高质量发展人才保险补贴创新平台农业信贷担保";

    @Test
    void takeLessThanTwentyMilliseconds() throws Exception {
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            fill(directory);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                Suggestions suggestions = Suggestions.read(reader);
                List<String> typed = List.of("养", "养老", "yl", "yljg", "yanglaoji", "威海市", "w", "whs", "人才bx", "海发2015",
                        "zzzz", "gyyfjktjylj");
                double[] millis = new double[600];
                for (int i = 0; i < millis.length; i++) {
                    long begun = System.nanoTime();
                    suggestions.find(typed.get(i % typed.size()), 8);
                    millis[i] = (System.nanoTime() - begun) / 1e6;
                }
                double[] warm = Arrays.copyOfRange(millis, 120, millis.length);
                Arrays.sort(warm);
                System.out.printf("suggestions over %,d documents: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n", DOCUMENTS,
                        warm[warm.length / 2], warm[warm.length * 95 / 100], warm[warm.length * 99 / 100]);
                assertThat(warm[warm.length / 2]).isLessThan(20);
                assertThat(suggestions.find("海发2015", 8)).isNotEmpty();
            }
        }
    }

    private static void fill(ByteBuffersDirectory directory) throws Exception {
        Random random = new Random(42);
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
            for (int i = 0; i < DOCUMENTS; i++) {
                StringBuilder title = new StringBuilder("海岚市");
                while (title.length() < 35) {
                    int at = random.nextInt(WORDS.length() - 6);
                    title.append(WORDS, at, at + 2 + random.nextInt(4));
                }
                Document fields = new Document();
                IndexDocuments.suggested(fields,
                        Fixtures.document("海发〔" + (2000 + i % 25) + "〕" + (1 + i / 25) + "号", title.toString(),
                                LocalDate.EPOCH, null, "一").document());
                writer.addDocument(fields);
            }
        }
    }
}
