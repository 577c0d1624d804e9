package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What is mended and reported missing, by what the corpus knows and in which field. */
class SpellingCheckRulesTest {

    @Test
    void mendsAndReportsWhatStandsNowhere() throws IOException {
        assertThat(understood("养老机购", Map.of("text", "养老 机构")).mendedText()).contains("养老机构");
        assertThat(understood("养老潮汐", Map.of("text", "养老")).unknown()).hasSize(1);
    }

    @Test
    void leavesWhatStandsInAHeadingOnly() throws IOException {
        assertThat(understood("养老机购", Map.of("text", "养老 机构", "heading", "机购")).mendedText()).isEmpty();
        assertThat(understood("养老潮汐", Map.of("text", "养老", "heading", "潮汐")).unknown()).isEmpty();
    }

    /** @param standing the words and pairs of each field */
    private static Understood understood(String text, Map<String, String> standing) throws IOException {
        Frequencies frequencies = (field, word) -> standing.entrySet().stream()
                .anyMatch(known -> field.startsWith(known.getKey()) && known.getValue().contains(word)
                        && (field.endsWith(Analysis.BIGRAM) || !known.getKey().equals("heading"))) ? 1 : 0;
        return new Understanding(Analysis.perField()).of(text, frequencies, () -> Vocabulary.EMPTY);
    }
}
