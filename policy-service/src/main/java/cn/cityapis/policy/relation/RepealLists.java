package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/**
 * Lists and tables of documents that are repealed or amended: each row names one, perhaps with another that amended it
 * ("published by A, amended by B"). Rows may lack cells, so a cell is known by what it holds, not by its column.
 */
final class RepealLists {

    private static final Pattern REPEALED = Pattern.compile("废止|失效|停止执行");
    private static final Pattern KEPT = Pattern.compile("继续有效|保留");
    private static final Pattern AMENDED = Pattern.compile("修改|修订|修正");
    private static final Pattern MARK = Pattern.compile("^[（(]?[一二三四五六七八九十\\d]{1,3}[）)]?[.．、)）]?\\s*");
    private static final Pattern NUMBER = Pattern.compile("(" + Mentions.NUMBER + ")\\s*(公布|发布|印发|修改|修订|修正)?");
    private static final Pattern BRACKETED = Pattern.compile("[（(]?" + Mentions.NUMBER + "[^）)]*[）)]?");
    private static final int SHORTEST_TITLE = 5;

    /** A remark on what took the place of the document of a row. */
    private static final Pattern SUCCEEDED = Pattern
            .compile("(?:(?<=[\\t（(，,；;。])[现已业经]*被|(?<=\\t)[现已业经]*[由以])([^\\t]{2,120}?)(?:替代|取代|代替)[^\\t）)]*");

    /** A row: what it is about, what amended that, and what took its place. */
    record Row(Cited cited, List<DocumentNumber> amendedBy, Optional<Cited> successor) {
    }

    private final String documentTitle;
    private @Nullable RelationKind announced;

    RepealLists(String documentTitle) {
        this.documentTitle = documentTitle;
    }

    /** What a line says of the documents it lists; empty where it is an ordinary sentence. To be asked in reading order. */
    Optional<RelationKind> listing(Article article, String line) {
        if (article.key().startsWith("annex") && !article.heading().isEmpty()) {
            return of(article.heading()).filter(kind -> entry(line));
        }
        if (line.indexOf('\t') >= 0) {
            return announced == null ? of(documentTitle) : Optional.of(announced);
        }
        if (announced != null && entry(line)) {
            return Optional.of(announced);
        }
        announced = line.endsWith("：") || line.endsWith(":") ? of(line).orElse(null) : null;
        return Optional.empty();
    }

    private static Optional<RelationKind> of(String heading) {
        boolean repealed = REPEALED.matcher(heading).find();
        boolean amended = AMENDED.matcher(heading).find();
        if (repealed == amended || KEPT.matcher(heading).find()) {
            return Optional.empty();
        }
        return Optional.of(repealed ? RelationKind.REPEALS : RelationKind.AMENDS);
    }

    /** A row of a table, or a line that is nothing but a document's name. */
    private static boolean entry(String line) {
        String bare = MARK.matcher(line).replaceFirst("");
        return line.indexOf('\t') >= 0 || bare.startsWith("《") || NUMBER.matcher(bare).find() && bare.indexOf('。') < 0
                || RuleTitle.of(bare) && bare.matches("[^，。：:；]{6,80}");
    }

    static List<Row> rows(String line) {
        Matcher remark = SUCCEEDED.matcher(line);
        return remark.find()
                ? rows(remark.replaceFirst(""), Mentions.in(remark.group(1)).stream().map(Mention::cited).findFirst())
                : rows(line, Optional.empty());
    }

    private static List<Row> rows(String line, Optional<Cited> successor) {
        List<Mention> mentions = Mentions.in(line);
        if (mentions.stream().anyMatch(mention -> mention.cited().title() != null)) {
            return mentions.stream().filter(mention -> mention.cited().title() != null)
                    .map(mention -> new Row(withNumber(mention, mentions), mention.amendedBy(), successor))
                    .toList();
        }
        List<DocumentNumber> numbers = new ArrayList<>();
        List<DocumentNumber> amending = new ArrayList<>();
        Matcher number = NUMBER.matcher(line);
        while (number.find()) {
            boolean amends = number.group(2) != null && number.group(2).startsWith("修");
            DocumentNumber.find(number.group(1).replaceFirst("^[、和及]", ""))
                    .ifPresent((amends ? amending : numbers)::add);
        }
        String title = title(line).orElse(null);
        return numbers.isEmpty() && title == null
                ? List.of()
                : List.of(new Row(new Cited(numbers.isEmpty() ? null : numbers.getFirst(), title),
                        List.copyOf(amending), successor));
    }

    /** The number may stand in a cell of its own, before or after the title. */
    private static Cited withNumber(Mention titled, List<Mention> all) {
        List<Mention> bare = all.stream().filter(one -> one.cited().title() == null).toList();
        boolean alone = all.size() - bare.size() == 1;
        return titled.cited().number() == null && alone && !bare.isEmpty()
                ? new Cited(bare.getFirst().cited().number(), titled.cited().title())
                : titled.cited();
    }

    /** The longest cell that names a document. */
    private static Optional<String> title(String line) {
        return Arrays.stream(line.split("\t"))
                .map(cell -> BRACKETED.matcher(MARK.matcher(cell.strip()).replaceFirst("")).replaceAll("").strip())
                .filter(cell -> cell.length() >= SHORTEST_TITLE && RuleTitle.of(cell))
                .max(Comparator.comparingInt(String::length));
    }
}
