package cn.cityapis.policy.gazette;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import java.text.Normalizer;

/** Comparing titles that were broken, blanked and punctuated in different ways. */
final class Titles {

    /** Characters of a title below which equality says nothing. */
    private static final int SHORTEST = 6;
    private static final Pattern SUBJECT = Pattern.compile("关于.*");
    private static final Pattern ORGAN = Pattern.compile(
            "^[\\p{IsHan}·（）()]{2,26}(人民政府|政府|办公室|局|委员会|党委|组织部|宣传部|部|厅|院|中心|公司|总社|联合会|常务委员会|大会|总局|署|支行|银行|总队|支队|法院|检察院|管委|管委会|指挥部|领导小组)$");

    /** Who signs an order: the office and the name. */
    private static final Pattern SIGNER = Pattern.compile(
            "^(代)?(市长|省长|州长|县长|区长|主席|总理|主任|局长|厅长|部长|署长|会长|院长|检察长)[:：]?\\p{IsHan}{2,4}$");

    private static final Pattern COMPLETE = Pattern.compile(
            ".{2,}(通知|决定|决议|意见|办法|规定|条例|细则|规则|公告|通告|通报|方案|规划|措施|批复|函|命令|说明|纲要|计划|要点|制度|标准)(?:[（(].{1,12}[）)])?$");

    private Titles() {
    }

    static String tight(String title) {
        return Normalizer.normalize(title, Normalizer.Form.NFKC).replaceAll("[\\s\\p{IsPunctuation}]+", "");
    }

    /** From 关于 on: the part that does not depend on how the issuing organs are written. */
    static String subject(String title) {
        Matcher found = SUBJECT.matcher(tight(title));
        return found.find() ? found.group() : "";
    }

    /** Whether a line is (or begins) the object of a title (made tight), such as the 办法 that a 通知 transmits. */
    static boolean names(String tightTitle, String line) {
        String part = tight(line);
        return part.length() >= SHORTEST && tightTitle.contains(part);
    }

    /** Whether a title ends here: with the word for its kind, perhaps with （试行） or （草案） behind it. */
    static boolean complete(String tightTitle) {
        return COMPLETE.matcher(tightTitle).matches();
    }

    static boolean signer(String line) {
        return SIGNER.matcher(line).matches();
    }

    static boolean organ(String line) {
        return ORGAN.matcher(line).matches();
    }
}
