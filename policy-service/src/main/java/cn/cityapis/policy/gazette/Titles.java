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
            "^[\\p{IsHan}·（）()]{2,26}(人民政府|政府|办公室|局|委员会|党委|组织部|宣传部|部|厅|院|中心|公司|总社|联合会|支行|银行|总队|支队|法院|检察院|管委|管委会|指挥部|领导小组)$");

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

    /** Whether a line is (or begins) the given title's object, such as the 办法 that a 通知 transmits. */
    static boolean names(String title, String line) {
        String part = tight(line);
        return part.length() >= SHORTEST && tight(title).contains(part);
    }

    static boolean organ(String line) {
        return ORGAN.matcher(line).matches();
    }
}
