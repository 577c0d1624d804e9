package cn.cityapis.policy.search;

import java.util.List;

/**
 * A word in Latin letters read as pinyin or initials.
 *
 * @param readings each a row of words that stand side by side; at each place any of some words
 */
record Sounding(String typed, List<List<List<String>>> readings) {
}
