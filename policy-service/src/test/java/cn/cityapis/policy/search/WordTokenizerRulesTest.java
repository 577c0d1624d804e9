package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import cn.cityapis.policy.Gazettes;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.junit.jupiter.api.Test;

/** Words are cut as smartcn cuts them: the same words at the same places. */
class WordTokenizerRulesTest {

    private static final String PIECES = "老年人能力评估费用由本人承担养老机构轮候办法试行市人民政府办公室关于印发的通知五个工作日内不超过百分之三十企业"
            + "申请补贴标准万元上海海上下岗一一二三的了和与及其乾著圳龘㐀、，。；：“”（）〔〕《》%abcxyz0123456789  \t\n.?!-Ωж𠮷";

    @Test
    void cutsAsSmartcnDoes() throws IOException {
        assertSame("老年人能力评估费用由谁承担？不超过500万元，按1:1配套；有 效 期至2024年 12月31日。ABC公司（5G+工业互联网）");
        assertSame("");
        assertSame(" ");
        assertSame("的");
        assertSame("研究 生命的起源\n结合成分子时");
    }

    @Test
    void cutsAnyTextAsSmartcnDoes() throws IOException {
        Random random = new Random(20230717);
        int[] pieces = PIECES.codePoints().toArray();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(i % 100 == 0 ? 3_000 : 60); left > 0; left--) {
                if (random.nextInt(20) == 0) {
                    text.append((char) (0x4E00 + random.nextInt(0x51A6)));
                } else {
                    int from = random.nextInt(pieces.length);
                    int to = Math.min(pieces.length, from + 1 + random.nextInt(4));
                    text.append(new String(pieces, from, to - from));
                }
            }
            assertSame(text.toString());
        }
    }

    @Test
    void cutsTheOfficialTextAsSmartcnDoes() throws IOException {
        assertSame(Gazettes.official());
    }

    private static void assertSame(String text) throws IOException {
        String plain = Characters.plain(text);
        assertThat(words(new WordTokenizer(), plain)).as(plain).isEqualTo(words(new HMMChineseTokenizer(), plain));
    }

    private static List<String> words(Tokenizer tokenizer, String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (tokenizer) {
            tokenizer.setReader(new StringReader(text));
            CharTermAttribute term = tokenizer.getAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokenizer.getAttribute(OffsetAttribute.class);
            tokenizer.reset();
            while (tokenizer.incrementToken()) {
                words.add(term + "@" + offset.startOffset() + "-" + offset.endOffset());
            }
            tokenizer.end();
            words.add("end " + offset.endOffset());
        }
        return words;
    }
}
