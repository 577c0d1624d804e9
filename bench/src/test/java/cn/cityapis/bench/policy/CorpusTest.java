package cn.cityapis.bench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class CorpusTest {

    private final Corpus corpus = new Corpus(7);

    @Test
    void theSameSeedGivesTheSameTextAndQuestions() {
        assertThat(new Corpus(7).document(41).print()).isEqualTo(corpus.document(41).print());
        assertThat(new Corpus(7).questions(50)).isEqualTo(corpus.questions(50));
        assertThat(new Corpus(8).document(41).print()).isNotEqualTo(corpus.document(41).print());
    }

    @Test
    void numbersAreUnique() {
        List<String> numbers = IntStream.range(0, 5_000).mapToObj(i -> corpus.document(i).number()).toList();
        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void numeralsReadAsInALaw() {
        assertThat(IntStream.of(1, 10, 11, 20, 21, 99).mapToObj(Document::numeral)).containsExactly("一", "十", "十一",
                "二十", "二十一", "九十九");
    }

    @Test
    void termsArePairsOfCharactersWithTheirPositions() {
        assertThat(FullText.terms("养老费，500万元 a")).containsExactly("养老", "老费", "500", "万元", "a");
        assertThat(FullText.vector("老年老年")).isEqualTo("'年老':2 '老年':1,3");
    }
}
