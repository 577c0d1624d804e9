package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import cn.cityapis.policy.search.Analysis.Word;
import cn.cityapis.policy.search.Synonyms.Alternative;
import cn.cityapis.policy.text.ChineseNumeral;
import cn.cityapis.policy.text.DocumentNumber;
import org.apache.lucene.analysis.Analyzer;

/** From what somebody typed to a {@link Question}. Any text is plain text: there is no syntax to go wrong but quotes. */
final class QuestionReader {

    /** Bounds the number of clauses, whatever is typed. */
    private static final int MOST_CHARACTERS = 80;
    private static final int MOST_PHRASES = 5;
    private static final int MOST_ALTERNATIVES = 12;
    private static final int MOST_LATIN = 6;

    private static final Pattern QUOTED = Pattern.compile("[\"“”]([^\"“”]+)[\"“”]");
    private static final Pattern ARTICLE = Pattern.compile("第([零〇一二两三四五六七八九十百\\d]{1,6})条");
    private static final Pattern LATIN = Pattern.compile("[a-z]{2,40}");
    private static final Pattern LATIN_RUN = Pattern.compile("[a-z]{2,40}(?: [a-z]{2,40})+");
    private static final Pattern LETTER = Pattern.compile("[\\p{L}\\p{N}]");

    private final Analyzer analyzer;

    QuestionReader(Analyzer analyzer) {
        this.analyzer = analyzer;
        // read at start: a file cannot be read where questions are
        Fact.askedIn("");
    }

    Question read(String text) {
        Optional<DocumentNumber> number = DocumentNumber.find(text);
        String plain = Characters.plain(number.isPresent() ? DocumentNumber.without(text) : text);
        List<String> phrases = QUOTED.matcher(plain).results().map(found -> found.group(1).strip())
                .filter(phrase -> LETTER.matcher(phrase).find()).limit(MOST_PHRASES).toList();
        List<Word> words = bounded(naming(Analysis.words(analyzer, plain)));
        List<Alternative> alternatives = Stream
                .concat(Synonyms.find(plain).stream(), Numerals.find(plain).stream()).limit(MOST_ALTERNATIVES).toList();
        List<String> latin = Stream
                .concat(LATIN_RUN.matcher(plain).results().map(run -> run.group().replace(" ", "")),
                        LATIN.matcher(plain).results().map(MatchResult::group))
                .distinct().limit(MOST_LATIN).toList();
        return new Question(number, article(plain), phrases, pieces(plain, words),
                words.stream().map(Word::text).distinct().toList(), alternatives, latin, Fact.askedIn(plain));
    }

    private static OptionalInt article(String plain) {
        Matcher article = ARTICLE.matcher(plain);
        return article.find() ? ChineseNumeral.parse(article.group(1)) : OptionalInt.empty();
    }

    /** Without the words that name nothing; with them where there is nothing else. */
    private static List<Word> naming(List<Word> words) {
        List<Word> naming = new ArrayList<>();
        for (int at = 0; at < words.size();) {
            int fillers = fillers(words, at);
            if (fillers == 0) {
                naming.add(words.get(at));
            }
            at += Math.max(1, fillers);
        }
        return naming.isEmpty() ? words : naming;
    }

    /** How many words from here on are one expression that names nothing: 什么时候 is two, 能不能 three. */
    private static int fillers(List<Word> words, int from) {
        StringBuilder said = new StringBuilder();
        int longest = 0;
        for (int at = from; at < words.size() && said.length() < Synonyms.LONGEST_FILLER
                && (at == from || words.get(at).start() == words.get(at - 1).end()); at++) {
            if (Synonyms.filler(said.append(words.get(at).text()).toString())) {
                longest = at - from + 1;
            }
        }
        return longest;
    }

    private static List<Word> bounded(List<Word> words) {
        List<Word> bounded = new ArrayList<>();
        int characters = 0;
        for (Word word : words) {
            characters += word.end() - word.start();
            if (characters <= MOST_CHARACTERS) {
                bounded.add(word);
            }
        }
        return bounded;
    }

    /** Words that stand side by side are one piece. */
    private static List<String> pieces(String plain, List<Word> words) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < words.size(); i++) {
            if (i == words.size() - 1 || words.get(i).end() != words.get(i + 1).start()) {
                pieces.add(plain.substring(words.get(start).start(), words.get(i).end()));
                start = i + 1;
            }
        }
        return pieces;
    }
}
