package cn.cityapis.policy.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import cn.cityapis.policy.search.Synonyms.Alternative;
import cn.cityapis.policy.text.DocumentNumber;

/**
 * A query as it was understood.
 *
 * @param number       of the document that is meant, in any spelling
 * @param article      the number of the 条 that is meant
 * @param phrases      what stood in quotes: must occur as it stands
 * @param pieces       what is looked for: runs of words that name something, in plain characters
 * @param words        the words of the pieces
 * @param alternatives what else some of it may be called
 * @param facts        what kind of fact is asked for
 * @param latin        words in Latin letters, which may be pinyin or initials
 */
record Question(Optional<DocumentNumber> number, OptionalInt article, List<String> phrases, List<String> pieces,
        List<String> words, List<Alternative> alternatives, List<String> latin, Set<Fact> facts) {

    boolean empty() {
        return number.isEmpty() && article.isEmpty() && phrases.isEmpty() && pieces.isEmpty();
    }

    Question withoutNumber() {
        return new Question(Optional.empty(), article, phrases, pieces, words, alternatives, latin, facts);
    }

    Question withoutPhrases() {
        return new Question(number, article, List.of(), pieces, words, alternatives, latin, facts);
    }
}
