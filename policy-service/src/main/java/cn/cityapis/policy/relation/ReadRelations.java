package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.relation.FoundRelation.Place;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.PrintedDay;
import org.jspecify.annotations.Nullable;

/** Reads from the text of a document what it does to others, each with the article that says so. Pure. */
final class ReadRelations {

    private static final Pattern JOINED = Pattern.compile(
            "^[\\s、，,]*(?:等)?(?:文件)?(?:精神|要求|规定|部署)?[、，,]?(?:以及|和|及|与|或)?\\s*$");
    private static final Pattern YIELD = Pattern.compile(
            "[与同]本\\p{IsHan}{1,6}?(?:规定)?(?:不一致|不符|不相符|相?抵触)的?[，,]?(?:均|一律)?[以按]本\\p{IsHan}{1,6}(?:为准|执行)");
    private static final Pattern ELSEWHERE = Pattern.compile("附件(?:内容)?(?:详)?[见在][:：]?(\\p{IsHan}{2,30}?网站?)");
    private static final Pattern DAY = Pattern.compile("自" + PrintedDay.PATTERN + "起(?:(?:正式)?(施行|实施|执行|生效|试行)(的)?)?");
    /** What stands in brackets behind a name speaks of that document. */
    private static final Pattern BESIDE_NAME = Pattern.compile("(?<=》)[（(][^（）()]*[）)]");
    private static final Pattern OF_ITSELF = Pattern.compile("本\\p{IsHan}{1,8}[^《》]*$");
    private static final Pattern FROM_ISSUE = Pattern.compile("自.{0,8}(?:发布|公布|印发)之日起");
    private static final Pattern DRAFT = Pattern.compile("草案|征求意见稿|送审稿");

    private final GazetteDocument document;
    private final OwnParts own;
    private final RepealLists lists;
    private final Map<String, Cited> shortNames = new HashMap<>();
    private final List<FoundRelation> found = new ArrayList<>();

    private ReadRelations(GazetteDocument document) {
        this.document = document;
        this.own = new OwnParts(document);
        this.lists = new RepealLists(document.title());
    }

    static List<FoundRelation> of(GazetteDocument document) {
        ReadRelations reading = new ReadRelations(document);
        List<Article> articles = ArticleSplitter.split(document.tree());
        reading.title();
        articles.forEach(reading::article);
        return MergedRelations.of(reading.found, articles);
    }

    private void title() {
        String title = document.title();
        TitleRelations.issued(title).ifPresent(name -> add(RelationKind.TRANSMITS, new Cited(null, name), true, null,
                null, ""));
        TitleRelations.handedOn(title).ifPresent(name -> add(RelationKind.TRANSMITS, new Cited(null, name), false, null,
                null, ""));
        TitleRelations.others(title).ifPresent(
                kind -> Mentions.in(title).forEach(mention -> mention(kind, mention,
                        kind.ends() ? Wording.part(title.substring(mention.end())) : null, null, title)));
    }

    private void article(Article article) {
        Place place = new Place(article.key(), article.label());
        for (String line : Sentences.lines(article.text())) {
            Optional<RelationKind> listed = lists.listing(article, line);
            if (listed.isPresent()) {
                RepealLists.rows(line).forEach(row -> row(listed.get(), row, place));
            } else {
                Sentences.of(line).forEach(sentence -> sentence(sentence, place));
            }
        }
        if (YIELD.matcher(article.text()).find()) {
            found.add(new FoundRelation(RelationKind.EARLIER_RULES_YIELD, null, null, false, null, null, place,
                    document.validity().from(), null, null));
        }
        Matcher elsewhere = ELSEWHERE.matcher(article.text());
        if (elsewhere.find()) {
            found.add(new FoundRelation(RelationKind.EXTERNAL_ATTACHMENT, null, null, false, null, elsewhere.group(1),
                    place, document.validity().from(), null, null));
        }
    }

    private void row(RelationKind kind, RepealLists.Row row, Place place) {
        if (!own.has(row.cited())) {
            add(kind, row.cited(), false, null, place, "");
            row.successor().ifPresent(by -> found.add(new FoundRelation(RelationKind.REPLACES, by, row.cited(), false,
                    null, null, place, document.validity().from(), null, null)));
            row.amendedBy().forEach(number -> amended(number, row.cited(), place));
        }
    }

    /** Documents named side by side share what is said of them. */
    private void sentence(String sentence, Place place) {
        List<Mention> mentions = Mentions.in(sentence);
        int before = 0;
        for (int i = 0; i < mentions.size();) {
            int last = i;
            while (last + 1 < mentions.size()
                    && JOINED.matcher(between(sentence, mentions, last)).matches()) {
                last++;
            }
            List<Mention> group = mentions.subList(i, last + 1);
            String lead = sentence.substring(Math.min(before, group.getFirst().start()), group.getFirst().start());
            String rest = after(sentence, mentions, last);
            boolean numbered = group.stream().anyMatch(mention -> mention.cited().number() != null);
            Wording.kind(sentence, lead, rest, numbered)
                    .ifPresent(kind -> {
                        String part = kind.ends() ? Wording.part(rest) : null;
                        group.forEach(mention -> mention(kind, mention, part, place, sentence));
                    });
            group.forEach(mention -> shortName(mention));
            before = mentions.get(last).end();
            i = last + 1;
        }
    }

    private static String between(String sentence, List<Mention> mentions, int i) {
        return after(sentence, mentions, i);
    }

    /** From a mention to the next, without the part it names. */
    private static String after(String sentence, List<Mention> mentions, int i) {
        int end = i + 1 < mentions.size() ? mentions.get(i + 1).start() : sentence.length();
        String rest = sentence.substring(Math.min(mentions.get(i).end(), end), end);
        String part = mentions.get(i).part();
        return part == null ? rest : rest.stripLeading().substring(Math.min(part.length(), rest.strip().length()));
    }

    private void shortName(Mention mention) {
        if (mention.shortName() != null) {
            shortNames.put(TitleKey.of(mention.shortName()), mention.cited());
        }
    }

    private void mention(RelationKind kind, Mention mention, @Nullable String part, @Nullable Place place,
            String sentence) {
        Cited cited = shortNames.getOrDefault(mention.cited().titleKey(), mention.cited());
        boolean mine = own.has(cited);
        if (kind == RelationKind.TRANSMITS) {
            add(kind, cited, mine || sentence.contains("印发"), null, place, sentence);
        } else if (kind.ends() && cited.number() == null && mine
                || !mine && (kind != RelationKind.CITES && !form(cited) || document(cited))) {
            String said = kind == RelationKind.EXTENDS ? sentence.substring(mention.end()) : sentence;
            add(kind, cited, false, mention.part() != null ? mention.part() : part, place, said);
            mention.amendedBy().forEach(number -> amended(number, cited, place));
        }
    }

    /** Not a form, a report or a work of art: those are cited too. */
    private boolean document(Cited cited) {
        return cited.number() != null || cited.title() != null && RuleTitle.of(cited.title()) || found.stream()
                .anyMatch(relation -> relation.target() != null && relation.target().key().equals(cited.key()));
    }

    private static boolean form(Cited cited) {
        return cited.title() != null && RuleTitle.form(cited.title());
    }

    private void add(RelationKind stated, Cited cited, boolean mine, @Nullable String part, @Nullable Place place,
            String sentence) {
        RelationKind kind = stated;
        if (kind.movesEnd() && DRAFT.matcher(document.title()).find()) {
            kind = RelationKind.CITES;
        } else if (kind == RelationKind.REPEALS && part == null && cited.title() != null
                && own.sameName(cited.title())) {
            kind = RelationKind.REPLACES;
        }
        String named = mine ? cited.title() : part;
        found.add(new FoundRelation(kind, null, cited, mine, named, null, place, effective(kind, sentence), null,
                kind == RelationKind.EXTENDS ? Prolonging.how(sentence) : null));
    }

    private void amended(DocumentNumber by, Cited cited, @Nullable Place place) {
        found.add(new FoundRelation(RelationKind.AMENDS, new Cited(by, null), cited, false, null, null, place, null,
                null, null));
    }

    /** The day the sentence names for a repeal; else the day on which the document itself comes into force. */
    private @Nullable LocalDate effective(RelationKind kind, String sentence) {
        LocalDate from = document.validity().from();
        if (!kind.ends()) {
            return from;
        }
        Optional<LocalDate> named = named(sentence);
        if (named.isPresent()) {
            return named.get();
        }
        LocalDate issued = document.validity().issued();
        return issued != null && FROM_ISSUE.matcher(sentence).find() ? issued : from;
    }

    /** Not the day since which the old rule held, as in 自2018年6月1日起施行的《…》同时废止. */
    private static Optional<LocalDate> named(String sentence) {
        String text = BESIDE_NAME.matcher(sentence.replaceAll("\\s", "")).replaceAll("");
        Matcher day = DAY.matcher(text);
        while (day.find()) {
            boolean begins = day.group(4) != null;
            if (!begins || day.group(5) == null && OF_ITSELF.matcher(text.substring(0, day.start())).find()) {
                return PrintedDay.of(day.group(1), day.group(2), day.group(3));
            }
        }
        return Optional.empty();
    }
}
