package cn.cityapis.policy.text;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        return matcher(plain(text)).flatMap(DocumentNumber::cited);
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

    /** The text without its first document number, for what is left of a query. */
    public static String without(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String tight = plain(text);
        return matcher(tight)
                .map(found -> (tight.substring(0, found.start()) + " " + tight.substring(found.end())).strip())
                .orElse(plain);
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
        return read(found, LEAD.matcher(found.group(1)).replaceFirst(""));
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
