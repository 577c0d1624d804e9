package cn.cityapis.policy.text;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A document number 文号 such as 威政办发〔2023〕12号: the issuer's word, the year, the sequence. Every spelling of the same
 * number (other brackets, full-width digits, blanks, a missing 号) reads to the same value. Orders and announcements count
 * in their own way: 山东省人民政府令第350号 (no year: 0), 财政部公告2023年第6号.
 */
public record DocumentNumber(String issuer, int year, int sequence) {

    private static final String OPEN = "[〔\\[(【〈<{「『]";
    private static final String CLOSE = "[〕\\])】〉>}」』]";
    private static final String DIGITS = "((?:19|20)\\d{2})";
    private static final Pattern BLANK = Pattern.compile("[\\s*]+");
    /** With brackets around the year: certain, whatever stands before. */
    private static final Pattern BRACKETED = Pattern
            .compile("(\\p{IsHan}{2,10})" + OPEN + DIGITS + "年?" + CLOSE + "第?(\\d{1,5})号?");
    /** Without brackets only after a word that issuers' words end with: 威政办发2023 12. */
    private static final Pattern BARE = Pattern
            .compile("(\\p{IsHan}{1,9}[发字函通规])" + DIGITS + "年?[-—第号]?(\\d{1,5})号?(?![\\d月年])");
    /** An order's number runs through all years, an announcement's through one. */
    private static final String SERIES = "(?:令|公告|通告)";
    private static final Pattern SERIAL = Pattern
            .compile("(\\p{IsHan}{1,30}" + SERIES + ")" + OPEN + "?(?:" + DIGITS + "年" + CLOSE + "?)?第(\\d{1,5})号");
    /** A long name of an issuer, before the year of an announcement, where nothing else stands on the line. */
    private static final Pattern WHOLE = Pattern
            .compile("(\\p{IsHan}{2,30}" + SERIES + ")" + OPEN + DIGITS + "年?" + CLOSE + "第?(\\d{1,5})号?");
    /** Words that run into the issuer's word when a number is cited inside a sentence. */
    private static final Pattern LEAD = Pattern
            .compile("^(?:.*(?:根据|依据|按照|依照|废止|修改|公布|文号|关于|由|的|查|找)|.+(?:和|与|及))(?=\\p{IsHan}{2})");
    /** The same before a word with a year in brackets, which is short and never the name of an organ. */
    private static final Pattern LONG_LEAD = Pattern.compile("^(?:.*(?:参照|遵照|执行|落实|贯彻|请问|印发|转发|下发|延长|停止|取消|撤销"
            + "|适用|符合|[现拟]将|现对|其中|见)(?=\\p{IsHan}{2})|(?:原(?![政市办])|将(?![政市办])|对(?!外)|在|以)(?=\\p{IsHan}{3})"
            + "|.*(?:人民政府|[省市区县]政府|办公[厅室]|委员会|局|厅)(?=\\p{IsHan}{3}))");
    /** Issuers' words are no longer; what is has taken in words before it. */
    private static final int LONG_WORD = 5;
    private static final int SHORTEST_WORD = 3;

    public DocumentNumber {
        if (issuer.isBlank() || sequence < 1 || year < 1900 && !(year == 0 && issuer.matches(".*" + SERIES))) {
            throw new IllegalArgumentException("no document number: " + issuer + year + "-" + sequence);
        }
    }

    /** Reads a text that is nothing but a document number. */
    public static Optional<DocumentNumber> parse(String text) {
        String plain = plain(text).replaceFirst("^文号:?", "");
        Matcher whole = WHOLE.matcher(plain);
        if (whole.matches()) {
            return read(whole, whole.group(1));
        }
        return matcher(plain).filter(found -> found.start() == 0 && found.end() == plain.length())
                .flatMap(found -> read(found, found.group(1)));
    }

    /** The first document number inside a text, such as a query or a citation. */
    public static Optional<DocumentNumber> find(String text) {
        Typed typed = Typed.of(text);
        return matcher(typed.tight()).flatMap(found -> read(found, issuer(typed, found)));
    }

    /** Every document number that a text cites with brackets around the year, then each order and announcement. */
    public static Set<DocumentNumber> findAll(String text) {
        Set<DocumentNumber> all = new LinkedHashSet<>();
        String plain = plain(text);
        if (!mayCite(plain)) {
            return all;
        }
        for (Pattern pattern : List.of(BRACKETED, SERIAL)) {
            Matcher found = pattern.matcher(plain);
            while (found.find()) {
                cited(found).ifPresent(all::add);
            }
        }
        return all;
    }

    /** Most texts cite none, which is seen at a glance: no year after a bracket, and no 号 that an order ends with. */
    private static boolean mayCite(String plain) {
        for (int i = 0; i + 1 < plain.length(); i++) {
            char next = plain.charAt(i + 1);
            if (next == '号' || (next == '1' || next == '2') && OPEN.indexOf(plain.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text without its first document number, for what is left of a query. A word too long for an issuer stays: some of it
     * may be what is looked for.
     */
    public static String without(String text) {
        Typed typed = Typed.of(text);
        return matcher(typed.tight()).map(found -> {
            String issuer = issuer(typed, found);
            int end = issuer.length() < LONG_WORD ? found.end(1) - issuer.length() : found.end(1);
            return (typed.said(0, end) + " " + typed.said(found.end(), typed.tight().length())).strip();
        }).orElseGet(() -> Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    /** The numbers that may be meant where words before it were taken in, the longest first. */
    public List<DocumentNumber> endings() {
        if (issuer.length() < LONG_WORD || year == 0) {
            return List.of();
        }
        return IntStream.rangeClosed(2, issuer.length() - SHORTEST_WORD)
                .mapToObj(from -> new DocumentNumber(issuer.substring(from), year, sequence)).toList();
    }

    /**
     * What was typed, in one spelling.
     *
     * @param tight  without blanks
     * @param blanks the places in it before which there was one
     */
    private record Typed(String tight, BitSet blanks) {

        static Typed of(String text) {
            StringBuilder tight = new StringBuilder();
            BitSet blanks = new BitSet();
            for (char c : Normalizer.normalize(text, Normalizer.Form.NFKC).toCharArray()) {
                if (Character.isWhitespace(c)) {
                    blanks.set(tight.length());
                } else if (c != '*') {
                    tight.append(c);
                }
            }
            return new Typed(tight.toString(), blanks);
        }

        /** A part, with its blanks. */
        String said(int from, int to) {
            StringBuilder said = new StringBuilder();
            for (int i = from; i < to; i++) {
                said.append(blanks.get(i) && i > from ? " " : "").append(tight.charAt(i));
            }
            return said.toString();
        }
    }

    /** The issuer's word begins behind a blank, where there is one, and behind the words that run into it. */
    private static String issuer(Typed typed, Matcher found) {
        int blank = typed.blanks().previousSetBit(found.end(1) - 2);
        return issuer(typed.tight().substring(Math.max(found.start(1), blank), found.end(1)));
    }

    private static Optional<Matcher> matcher(String plain) {
        Matcher bracketed = BRACKETED.matcher(plain);
        if (bracketed.find()) {
            return Optional.of(bracketed);
        }
        Matcher serial = SERIAL.matcher(plain);
        if (serial.find()) {
            return Optional.of(serial);
        }
        Matcher bare = BARE.matcher(plain);
        return bare.find() ? Optional.of(bare) : Optional.empty();
    }

    /** A number inside a sentence, without the words that run into it. */
    private static Optional<DocumentNumber> cited(Matcher found) {
        return read(found, issuer(found.group(1)));
    }

    private static String issuer(String word) {
        String issuer = LEAD.matcher(word).replaceFirst("");
        String shorter = word.matches(".*" + SERIES) ? issuer : LONG_LEAD.matcher(issuer).replaceFirst("");
        return shorter.equals(word) ? word : issuer(shorter);
    }

    private static Optional<DocumentNumber> read(Matcher found, String issuer) {
        int sequence = Integer.parseInt(found.group(3));
        int year = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        return sequence < 1 ? Optional.empty() : Optional.of(new DocumentNumber(issuer, year, sequence));
    }

    private static String plain(String text) {
        return BLANK.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
    }

    /** The one spelling that is stored and compared. */
    public String key() {
        return issuer + "-" + year + "-" + sequence;
    }

    /** The official spelling. */
    @Override
    public String toString() {
        if (year == 0) {
            return issuer + "第" + sequence + "号";
        }
        return issuer.matches(".*" + SERIES)
                ? issuer + year + "年第" + sequence + "号"
                : issuer + "〔" + year + "〕" + sequence + "号";
    }
}
