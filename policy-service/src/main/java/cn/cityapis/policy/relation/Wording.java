package cn.cityapis.policy.relation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What a sentence does to a document it names, by the words before and after the name. */
final class Wording {

    private static final Pattern ENDED_AFTER = Pattern.compile("^((?:等[^，。；《]{0,20})?[，,]?[^，。；《]{0,24}?)"
            + "(?:(?<!未|不)废止(?!前|后|之前|之后|之日)|不再执行|不再施行|停止执行|停止施行|停用(?=[，。；]|$)|自行失效|即行失效)");
    /** What may stand between a document and the verb that ends it as a whole. */
    private static final Pattern WHOLE = Pattern
            .compile("(?:等|[，,\\s]|[自从于][^，。；《]{1,16}?(?:起|时|日)|[\\d一二两三四五六七八九十]{1,3}[个件份部项]"
                    + "|上述|以上|(?:有关|相关|部分|其他)文件|的?(?:文件|通知|规定|办法|意见|规范性|政策)|同时|现|均|都|予以|一并|一律|全部|全文|即|决定|宣布|正式|相应|随之|到期后?|届时|也|已经?|将)*");
    private static final Pattern PART = Pattern.compile(
            "第[一二三四五六七八九十百零〇\\d]{1,6}[条款项章节]|部分|附件|附表|附录|条款|不一致|不相?符|抵触|标准|内容|有关|相关|中的|^中");
    private static final Pattern PART_BEHIND = Pattern.compile(
            "^((?:中的?|的)?(?:第[一二三四五六七八九十百零〇\\d]{1,6}[条款项章节]|附件|附表|部分|有关|相关|[与同]本\\p{IsHan}{1,6}?不一致)[^，。；《]{0,20})");
    private static final Pattern ENDED_BEFORE = Pattern
            .compile("(?:(?<!未|不)废止|停止执行|宣布失效)(?:了|原|以下|下列|如下)?[^，。；《》]{0,6}$");
    private static final Pattern REPLACED = Pattern.compile("(?:代替|替代|取代)(?:了|原)?$");
    private static final Pattern REPLACED_AFTER = Pattern
            .compile("^[^。；《]{0,20}(?:由|以|被)本\\p{IsHan}{1,6}(?:代替|替代|取代)");
    private static final Pattern AMENDED_AFTER = Pattern
            .compile("^[^，。；《]{0,16}?(?:修改为|修订为|作(?:出|了)?(?:如下|以下)?(?:修改|修订|修正)|进行(?:修改|修订))");
    private static final Pattern AMENDED_BEFORE = Pattern.compile("(?:修改|修订|修正)(?:了|原)?$");
    private static final Pattern DECIDES = Pattern.compile("决定|现");
    private static final Pattern EXPLAINED = Pattern.compile("^[^，。；《]{0,24}(?:解释|解读|说明)如下|^作(?:出)?(?:如下|以下)(?:解释|说明)");
    private static final Pattern SUPPLEMENTED = Pattern.compile("^[^，。；《]{0,12}(?:作|进行|提出)?(?:如下|以下)?补充");
    private static final Pattern HANDED_ON = Pattern.compile("^[^。；《]{0,40}?(?:印发|转发|下发)");
    private static final Pattern HANDS_ON = Pattern.compile("现将|现印发|现转发|现予|(?:印发|转发|下发)(?:给)?你们");
    private static final Pattern RESTS = Pattern.compile("(?:根据|依据|按照|依照|遵照|落实|贯彻|执行)[^，。；]{0,30}$");
    private static final Pattern MAKES = Pattern.compile("制定|制订|决定|批准|如下|现印发|现将|提出");
    private static final Pattern PLANNED = Pattern.compile("(?:编制|起草|制定出台|研究制定|签订|填写|填报|出具|提交|提供)(?:了)?$");

    private Wording() {
    }

    /** Empty where the document named does not exist yet. */
    static Optional<RelationKind> kind(String sentence, String before, String after, boolean numbered) {
        if (REPLACED.matcher(before).find() || REPLACED_AFTER.matcher(after).find()) {
            return Optional.of(RelationKind.REPLACES);
        }
        if (endedAfter(after) || ENDED_BEFORE.matcher(before).find()) {
            return Optional.of(RelationKind.REPEALS);
        }
        if (Prolonging.says(before, after) && Prolonging.clear(after)) {
            return Optional.of(RelationKind.EXTENDS);
        }
        if (AMENDED_AFTER.matcher(after).find()
                || AMENDED_BEFORE.matcher(before).find() && DECIDES.matcher(sentence).find()) {
            return Optional.of(RelationKind.AMENDS);
        }
        if (EXPLAINED.matcher(after).find()) {
            return Optional.of(RelationKind.INTERPRETS);
        }
        if (SUPPLEMENTED.matcher(after).find()) {
            return Optional.of(RelationKind.SUPPLEMENTS);
        }
        if (HANDED_ON.matcher(after).find() && HANDS_ON.matcher(sentence).find()) {
            return Optional.of(RelationKind.TRANSMITS);
        }
        return weaker(sentence, before, numbered);
    }

    /** Of a document that ends: the part that alone ends, where the words behind its name say so. */
    static @Nullable String part(String after) {
        Matcher ended = ENDED_AFTER.matcher(after);
        if (ended.find()) {
            return !WHOLE.matcher(ended.group(1)).matches() && PART.matcher(ended.group(1)).find()
                    ? ended.group(1).replaceFirst("同时$|一并$", "").strip()
                    : null;
        }
        Matcher behind = PART_BEHIND.matcher(after.strip());
        return behind.find() ? behind.group(1) : null;
    }

    /** The verb is said of the document or of a part of it, not of something else that the sentence names. */
    private static boolean endedAfter(String after) {
        Matcher ended = ENDED_AFTER.matcher(after);
        return ended.find() && (WHOLE.matcher(ended.group(1)).matches() || PART.matcher(ended.group(1)).find());
    }

    private static Optional<RelationKind> weaker(String sentence, String before, boolean numbered) {
        if (RESTS.matcher(before).find() && MAKES.matcher(sentence).find()) {
            return Optional.of(RelationKind.BASIS);
        }
        return !numbered && PLANNED.matcher(before).find() ? Optional.empty() : Optional.of(RelationKind.CITES);
    }
}
