package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/** Finds the documents that a sentence names: 《title》, 《title》（number）, or a number alone, in any spelling. */
final class Mentions {

    static final String NUMBER = "\\p{IsHan}{2,10}\\s*[〔\\[【(（〈]\\s*(?:19|20|１９|２０)[0-9０-９]{2}\\s*年?\\s*[〕\\]】)）〉]\\s*第?\\s*[0-9０-９][0-9０-９ ]{0,5}\\s*号";
    private static final Pattern BARE = Pattern.compile(NUMBER);
    private static final Pattern WITH_VERB = Pattern.compile("(" + NUMBER + ")\\s*(公布|发布|印发|修改|修订|修正)?");
    private static final Pattern JOINED = Pattern.compile("^(?:以及|和|与|及|或)");
    private static final Pattern SHORT = Pattern.compile("以下(?:简|统)称[:：]?[“\"《]?([^”\"》）)，]{1,12})");
    private static final Pattern PART = Pattern
            .compile("^\\s*((?:[、和至]?第[一二三四五六七八九十百零〇\\d]{1,6}[条章](?:第[一二三四五六七八九十\\d]{1,3}[款项])*)+)");
    /** No title is longer; a longer bracket was never closed. */
    private static final int LONGEST_TITLE = 150;
    private static final int LONGEST_BRACKET = 90;

    private final String text;
    private final List<Mention> found = new ArrayList<>();
    private int at;

    private Mentions(String text) {
        this.text = text;
    }

    static List<Mention> in(String sentence) {
        // most sentences name none: no title, and nothing that a number ends with
        if (sentence.indexOf('《') < 0 && sentence.indexOf('号') < 0) {
            return List.of();
        }
        Mentions mentions = new Mentions(sentence);
        while (mentions.next()) {
            continue;
        }
        return List.copyOf(mentions.found);
    }

    private boolean next() {
        int title = text.indexOf('《', at);
        Matcher bare = BARE.matcher(text);
        boolean number = bare.find(at);
        if (number && (title < 0 || bare.end() <= title)) {
            bare(bare);
            return true;
        }
        if (title >= 0) {
            titled(title);
        }
        return title >= 0;
    }

    private void bare(Matcher match) {
        String raw = match.group();
        int previous = found.isEmpty() ? -1 : found.getLast().end();
        String own = previous == match.start() ? JOINED.matcher(raw).replaceFirst("") : raw;
        Optional<DocumentNumber> number = DocumentNumber.find(own);
        at = match.end();
        if (number.isPresent()) {
            int start = match.start() + Math.max(0, raw.indexOf(number.get().issuer()));
            add(new Cited(number.get(), null), start, List.of(), null);
        }
    }

    private void titled(int open) {
        int close = closing(open, '《', '》', LONGEST_TITLE);
        if (close < 0 || TitleKey.of(text.substring(open, close)).isEmpty()) {
            at = open + 1;
            return;
        }
        at = close + 1;
        String bracket = bracket();
        List<DocumentNumber> numbers = new ArrayList<>();
        List<DocumentNumber> amending = new ArrayList<>();
        // what the brackets say took its place has another number
        Matcher number = WITH_VERB.matcher(bracket.split("[《被]", 2)[0]);
        while (number.find()) {
            boolean amends = number.group(2) != null && number.group(2).startsWith("修");
            DocumentNumber.find(number.group(1)).ifPresent((amends ? amending : numbers)::add);
        }
        Matcher shortName = SHORT.matcher(bracket);
        add(new Cited(numbers.isEmpty() ? null : numbers.getFirst(), text.substring(open + 1, close).strip()), open,
                amending, shortName.find() ? shortName.group(1) : null);
    }

    /** What stands in brackets right after a title; it is passed over. */
    private String bracket() {
        int open = at;
        while (open < text.length() && Character.isWhitespace(text.charAt(open))) {
            open++;
        }
        if (open >= text.length() || "（(".indexOf(text.charAt(open)) < 0) {
            return "";
        }
        int close = closing(open, '（', '）', LONGEST_BRACKET);
        if (close < 0) {
            return "";
        }
        at = close + 1;
        return text.substring(open + 1, close);
    }

    private int closing(int open, char opening, char closing, int longest) {
        int depth = 0;
        for (int i = open; i < Math.min(text.length(), open + longest); i++) {
            char c = text.charAt(i) == '(' ? '（' : text.charAt(i) == ')' ? '）' : text.charAt(i);
            depth += c == opening ? 1 : c == closing ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private void add(Cited cited, int start, List<DocumentNumber> amendedBy, @Nullable String shortName) {
        Matcher part = PART.matcher(text.substring(at));
        String meant = part.find() ? part.group(1) : null;
        found.add(new Mention(cited, start, at, meant, List.copyOf(amendedBy), shortName));
    }
}
