package cn.cityapis.policy.text;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document number 文号 such as 威政办发〔2023〕12号: the issuer's word, the year, the sequence. Every spelling of the same
 * number (other brackets, full-width digits, blanks, a missing 号) reads to the same value.
 */
public record DocumentNumber(String issuer, int year, int sequence) {

    private static final String OPEN = "[〔\\[(【〈<{「『]";
    private static final String CLOSE = "[〕\\])】〉>}」』]";
    private static final String DIGITS = "((?:19|20)\\d{2})";
    /** With brackets around the year: certain, whatever stands before. */
    private static final Pattern BRACKETED = Pattern
            .compile("(\\p{IsHan}{2,10})" + OPEN + DIGITS + "年?" + CLOSE + "第?(\\d{1,5})号?");
    /** Without brackets only after a word that issuers' words end with: 威政办发2023 12. */
    private static final Pattern BARE = Pattern
            .compile("(\\p{IsHan}{1,9}[发字函通规])" + DIGITS + "年?[-—第号]?(\\d{1,5})号?(?![\\d月年])");
    /** Words that run into the issuer's word when a number is cited inside a sentence. */
    private static final Pattern LEAD = Pattern
            .compile("^(?:.*(?:根据|依据|按照|依照|废止|修改|公布|文号|关于|由|的|查|找)|.+(?:和|与|及))(?=\\p{IsHan}{2})");

    public DocumentNumber {
        if (issuer.isBlank() || year < 1900 || sequence < 1) {
            throw new IllegalArgumentException("no document number: " + issuer + year + "-" + sequence);
        }
    }

    /** Reads a text that is nothing but a document number. */
    public static Optional<DocumentNumber> parse(String text) {
        String plain = plain(text).replaceFirst("^文号:?", "");
        return matcher(plain).filter(found -> found.start() == 0 && found.end() == plain.length())
                .flatMap(found -> read(found, found.group(1)));
    }

    /** The first document number inside a text, such as a query or a citation. */
    public static Optional<DocumentNumber> find(String text) {
        return matcher(plain(text)).flatMap(DocumentNumber::cited);
    }

    /** Every document number that a text cites with brackets around the year. */
    public static Set<DocumentNumber> findAll(String text) {
        Set<DocumentNumber> all = new LinkedHashSet<>();
        Matcher found = BRACKETED.matcher(plain(text));
        while (found.find()) {
            cited(found).ifPresent(all::add);
        }
        return all;
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
        Matcher bare = BARE.matcher(plain);
        return bare.find() ? Optional.of(bare) : Optional.empty();
    }

    /** A number inside a sentence, without the words that run into it. */
    private static Optional<DocumentNumber> cited(Matcher found) {
        return read(found, LEAD.matcher(found.group(1)).replaceFirst(""));
    }

    private static Optional<DocumentNumber> read(Matcher found, String issuer) {
        int sequence = Integer.parseInt(found.group(3));
        return sequence < 1
                ? Optional.empty()
                : Optional.of(new DocumentNumber(issuer, Integer.parseInt(found.group(2)), sequence));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s*]+", "");
    }

    /** The one spelling that is stored and compared. */
    public String key() {
        return issuer + "-" + year + "-" + sequence;
    }

    /** The official spelling. */
    @Override
    public String toString() {
        return issuer + "〔" + year + "〕" + sequence + "号";
    }
}
