package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import cn.cityapis.policy.search.SearchAnswer.Dropped;

/**
 * A question with all that was made of it.
 *
 * @param mendedText what was probably meant, where a word was misspelt
 * @param mended     the question that it makes
 * @param sounding   words in Latin letters that were read as pinyin or initials
 * @param unknown    words that stand nowhere, under no other name: the search goes on without them, and says so
 */
record Understood(Question question, Optional<String> mendedText, Optional<Question> mended, List<Sounding> sounding,
        List<Dropped> unknown) {

    List<Question> all() {
        List<Question> all = new ArrayList<>(List.of(question));
        mended.ifPresent(all::add);
        return all;
    }
}
