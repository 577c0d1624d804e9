package cn.cityapis.policy.gazette;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.ChineseNumeral;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.PrintedDay;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/** The dates a document states of itself: since when it applies and until when. Those of documents it names are not its own. */
final class DocumentDates {

    /** Nothing is stated without one of them: not worth a pattern. */
    private static final char SINCE = '自';
    private static final char PERIOD = '期';
    private static final String DAY = PrintedDay.PATTERN;
    private static final String BEGINS = "(?:施行|实施|执行|生效|试行)(?!的|以来|至|到|期)";
    private static final String TERM = "(?:有效期|试行期)(?:限)?";
    private static final Pattern IN_FORCE = Pattern.compile("自" + DAY + "起?(?:正式)?" + BEGINS);
    private static final Pattern FROM_ISSUE = Pattern
            .compile("自(?:发布|公布|印发)之日起(?:满?([\\d一二三四五六七八九十]{1,3})[日天]后)?(?:正式)?" + BEGINS);
    private static final Pattern UNTIL = Pattern.compile(TERM + "(?:截至|截止至|截止到|截止|至|到)" + DAY);
    private static final Pattern FROM_UNTIL = Pattern.compile(TERM + "[为是]?自?" + DAY + "起?[至到]" + DAY);
    private static final Pattern LASTS = Pattern.compile(TERM + "[为是]?([\\d一二两三四五六七八九十]{1,3})(年|个月)");
    private static final Pattern LABEL = Pattern.compile("^(?:第[^条]{1,6}条|[一二三四五六七八九十]{1,3}、)");
    private static final Pattern SENTENCE = Pattern.compile("[。；;]");
    private static final Pattern STATED = Pattern.compile(TERM);
    /** Another document, with what stands in brackets behind its name or number. */
    private static final Pattern NAMED = Pattern
            .compile("(?:《[^《》]*》(?:[（(][^（）()]*[）)])?)|(?<=号)[（(][^（）()]*[）)]");
    private static final String OTHER = "《》";
    /** Who speaks of itself, or of the rule that it proclaims. */
    private static final Pattern OWN = Pattern.compile(
            "本\\p{IsHan}{0,6}?(?:办法|规定|细则|意见|通知|方案|条例|规则|公告|通告|措施|政策|文件|决定|决议|标准|制度|规程|目录|清单|章程|预案|令)|(?:现|予以?)(?:公布|发布|颁布|印发)");
    /** Of another: its name, its number, or the word for what was before. */
    private static final Pattern OTHERS = Pattern.compile("《》|\\d号|原(?:有效期|有|规定|办法|文件|政策)?|证书|许可证|延长|延续");
    /** How an assembly says when it passed a text: a line of its own below the title. */
    private static final Pattern PASSED = Pattern
            .compile("^[（(]" + DAY + ".{2,80}(?:通过|批准|修订|修正|公布|发布)[）)]$");
    private static final Pattern DRAFT = Pattern.compile("[（(](?:[^（）()]{0,8}草案|征求意见稿|送审稿|讨论稿)[）)]");
    private static final Pattern TRIAL = Pattern.compile("试行|暂行");
    /** What is done to a rule on trial, by a document that is not. */
    private static final Pattern ABOUT_ANOTHER = Pattern.compile("废止|修改|修订|修正|延长|停止|解读|贯彻|落实|继续");
    private static final Pattern ISSUES = Pattern.compile("印发|公布|发布|颁布");

    private final @Nullable LocalDate issued;
    private @Nullable LocalDate inForce;
    private @Nullable LocalDate until;
    private boolean unread;
    /** Within what is attached only what names itself counts: a rule may stand there, but also a list of certificates. */
    private boolean attached;

    private DocumentDates(@Nullable LocalDate issued) {
        this.issued = issued;
    }

    /** What was read, and whether the text states a term that was not understood. */
    record Read(Validity validity, boolean termNotRead) {
    }

    static Read read(String title, Node tree, @Nullable LocalDate issued) {
        boolean trial = trial(Layout.strip(title));
        if (draft(title)) {
            // a draft is no law, whatever day stands on it
            return new Read(new Validity(null, null, null, trial), false);
        }
        DocumentDates dates = new DocumentDates(issued);
        dates.paragraphs(tree);
        if (dates.inForce == null && dates.until == null) {
            dates.attached = true;
            tree.children().stream().filter(child -> child.kind() == Kind.ATTACHMENT).flatMap(
                    child -> child.children().stream()).forEach(dates::paragraphs);
        }
        return new Read(new Validity(issued, dates.inForce, dates.until, trial), dates.unread && dates.until == null);
    }

    /** The body and the instrument it transmits; what is attached, and tables, state days of others. */
    private void paragraphs(Node node) {
        if (node.kind() == Kind.ATTACHMENT || node.kind() == Kind.TABLE || node.kind() == Kind.COVER) {
            return;
        }
        String line = node.line();
        if (line.indexOf(SINCE) >= 0 || line.indexOf(PERIOD) >= 0) {
            String text = NAMED.matcher(Layout.strip(line)).replaceAll(OTHER);
            SENTENCE.splitAsStream(LABEL.matcher(text).replaceFirst("")).forEach(this::sentence);
        }
        node.children().forEach(this::paragraphs);
    }

    private void sentence(String sentence) {
        int begins = begins(sentence);
        Matcher stated = STATED.matcher(sentence);
        if (!stated.find()) {
            return;
        }
        String lead = sentence.substring(0, stated.start());
        if (begins >= 0 && begins < stated.start() || mine(lead, lead.isEmpty())) {
            ends(sentence.substring(stated.start()));
        }
    }

    /** Takes over the day in force that a sentence states; answers where, or -1. The clause stands at the end: the last one counts. */
    private int begins(String sentence) {
        int at = -1;
        Matcher day = IN_FORCE.matcher(sentence);
        while (day.find()) {
            Optional<LocalDate> read = PrintedDay.of(day.group(1), day.group(2), day.group(3));
            if (read.isPresent() && mine(sentence.substring(0, day.start()), true)) {
                inForce = read.get();
                at = day.start();
            }
        }
        Matcher fromIssue = FROM_ISSUE.matcher(sentence);
        if (at < 0 && issued != null && fromIssue.find() && mine(sentence.substring(0, fromIssue.start()), true)) {
            String later = fromIssue.group(1);
            inForce = issued.plusDays(later == null ? 0 : ChineseNumeral.parse(later).orElse(0));
            at = fromIssue.start();
        }
        return at;
    }

    /** Whether what follows these words is said of the document itself: the subject named last is, or none is named. */
    private boolean mine(String lead, boolean withoutSubject) {
        int own = last(OWN, lead);
        int others = last(OTHERS, lead);
        return own < 0 && others < 0 ? withoutSubject && !attached : own > others;
    }

    private static int last(Pattern pattern, String text) {
        int at = -1;
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            at = found.start();
        }
        return at;
    }

    private void ends(String clause) {
        Matcher both = FROM_UNTIL.matcher(clause);
        Matcher day = UNTIL.matcher(clause);
        Matcher lasts = LASTS.matcher(clause);
        Optional<LocalDate> end = Optional.empty();
        if (both.lookingAt()) {
            inForce = PrintedDay.of(both.group(1), both.group(2), both.group(3)).orElse(inForce);
            end = PrintedDay.of(both.group(4), both.group(5), both.group(6));
        } else if (day.lookingAt()) {
            end = PrintedDay.of(day.group(1), day.group(2), day.group(3));
        } else if (lasts.lookingAt()) {
            end = lasting(ChineseNumeral.parse(lasts.group(1)), lasts.group(2).equals("年"));
        }
        until = end.orElse(until);
        unread |= end.isEmpty();
    }

    /** 有效期5年 from 1 September ends with 31 August. */
    private Optional<LocalDate> lasting(OptionalInt count, boolean years) {
        LocalDate from = inForce == null ? issued : inForce;
        if (from == null || count.isEmpty()) {
            return Optional.empty();
        }
        LocalDate behind = years ? from.plusYears(count.getAsInt()) : from.plusMonths(count.getAsInt());
        return Optional.of(behind.minusDays(1));
    }

    /** By the name of the rule that is issued, not of one that is repealed or prolonged. */
    private static boolean trial(String title) {
        Matcher issues = ISSUES.matcher(title);
        int rule = issues.find() ? issues.end() : 0;
        String said = rule == 0 ? title : title.substring(0, rule);
        return TRIAL.matcher(title.substring(rule)).find() && !ABOUT_ANOTHER.matcher(said).find();
    }

    static boolean draft(String title) {
        return DRAFT.matcher(Layout.strip(title)).find();
    }

    /** The day on which an assembly passed the text, where a line says so. */
    static Optional<LocalDate> passed(Line line) {
        Matcher passed = PASSED.matcher(line.tight());
        return passed.matches()
                ? PrintedDay.of(passed.group(1), passed.group(2), passed.group(3))
                : Optional.empty();
    }
}
