package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Cuts the telling sentences out of an article and marks in them what was looked for. Everything else is escaped. */
final class Marks {

    /** An article up to this length is shown whole. */
    private static final int WHOLE = 400;
    private static final int LONGEST_SENTENCE = 160;
    private static final int SENTENCES = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{IsLatin}\\p{N}.%]+|\\p{IsHan}|\\S");

    private final List<String> texts;
    private final List<String> sounds;

    private Marks(List<String> texts, List<String> sounds) {
        this.texts = texts;
        this.sounds = sounds;
    }

    /** @param questions as typed, and as mended where that was needed */
    static Marks of(List<Question> questions, List<Sounding> sounding) {
        List<String> texts = new ArrayList<>();
        for (Question question : questions) {
            question.pieces().forEach(piece -> pairs(piece, question.pieces().size() == 1, texts));
            texts.addAll(question.phrases());
            question.alternatives().forEach(alternative -> texts.addAll(alternative.others()));
        }
        return new Marks(texts.stream().filter(text -> !text.isBlank()).distinct().toList(),
                sounding.stream().map(Sounding::typed).toList());
    }

    /** What the search looks for in a piece: pairs of characters, and whole words in other scripts. */
    private static void pairs(String piece, boolean only, List<String> into) {
        List<String> units = WORD.matcher(piece).results().map(unit -> unit.group()).toList();
        for (int i = 0; i < units.size(); i++) {
            String unit = units.get(i);
            boolean han = Characters.han(unit.codePointAt(0));
            if (!han || only && units.size() == 1) {
                into.add(unit);
            } else if (i + 1 < units.size() && Characters.han(units.get(i + 1).codePointAt(0))) {
                into.add(unit + units.get(i + 1));
            }
        }
    }

    String snippet(String text) {
        String plain = Characters.plain(text);
        BitSet marked = new BitSet(text.length());
        texts.forEach(wanted -> mark(plain, wanted, marked));
        sounds.forEach(typed -> markSound(plain, typed, marked));
        if (text.length() <= WHOLE) {
            return written(text, 0, text.length(), marked);
        }
        StringBuilder snippet = new StringBuilder();
        int end = 0;
        for (int[] sentence : telling(plain, marked)) {
            snippet.append(sentence[0] > end ? "…" : "").append(written(text, sentence[0], sentence[1], marked));
            end = sentence[1];
        }
        return snippet.append(end < text.length() ? "…" : "").toString();
    }

    private static void mark(String plain, String wanted, BitSet marked) {
        for (int at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + 1)) {
            if (whole(plain, at, wanted)) {
                marked.set(at, at + wanted.length());
            }
        }
    }

    /** A word in letters or digits is no part of a longer one. */
    private static boolean whole(String plain, int at, String wanted) {
        return !(joined(plain, at - 1, at) || joined(plain, at + wanted.length() - 1, at + wanted.length()));
    }

    private static boolean joined(String plain, int left, int right) {
        return left >= 0 && right < plain.length() && alphabetic(plain.charAt(left))
                && alphabetic(plain.charAt(right));
    }

    private static boolean alphabetic(char c) {
        return c < 0x250 && Character.isLetterOrDigit(c);
    }

    private static void markSound(String plain, String typed, BitSet marked) {
        for (int at = 0; at < plain.length(); at++) {
            int end = plain.charAt(at) < 0x3400 ? -1 : SoundMatch.end(plain, at, typed, false);
            if (end > at) {
                marked.set(at, end);
            }
        }
    }

    /** The sentences that hold most of what was looked for, in the order of the text. */
    private static List<int[]> telling(String plain, BitSet marked) {
        List<int[]> sentences = sentences(plain, marked);
        return sentences.stream()
                .sorted(Comparator.comparingInt(
                        (int[] sentence) -> -marked.get(sentence[0], sentence[1]).cardinality()))
                .limit(SENTENCES).sorted(Comparator.comparingInt(sentence -> sentence[0])).toList();
    }

    private static List<int[]> sentences(String plain, BitSet marked) {
        List<int[]> sentences = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < plain.length(); at++) {
            boolean last = at + 1 == plain.length();
            boolean full = at + 1 - start >= LONGEST_SENTENCE && !marked.get(at)
                    && !Character.isHighSurrogate(plain.charAt(at));
            if (last || full || "。;!?\n".indexOf(plain.charAt(at)) >= 0) {
                sentences.add(new int[]{start, at + 1});
                start = at + 1;
            }
        }
        return sentences;
    }

    private static String written(String text, int from, int to, BitSet marked) {
        StringBuilder html = new StringBuilder();
        boolean open = false;
        for (int at = from; at < to; at++) {
            boolean inside = marked.get(at);
            if (inside != open) {
                html.append(inside ? "<em>" : "</em>");
                open = inside;
            }
            html.append(escaped(text.charAt(at)));
        }
        return html.append(open ? "</em>" : "").toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> String.valueOf(c);
        };
    }

    /** All texts marked wherever they stand, for tests. */
    Stream<String> texts() {
        return texts.stream();
    }
}
