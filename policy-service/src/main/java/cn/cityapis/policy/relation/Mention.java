package cn.cityapis.policy.relation;

import java.util.List;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/**
 * A document named in a sentence.
 *
 * @param start      where the mention begins in the sentence
 * @param end        where it ends, with what stands in brackets after the title
 * @param part       the article that is meant: 第五条
 * @param amendedBy  numbers of documents that the brackets say have changed it
 * @param shortName  what the document calls it from here on (以下简称)
 */
record Mention(Cited cited, int start, int end, @Nullable String part, List<DocumentNumber> amendedBy,
        @Nullable String shortName) {
}
