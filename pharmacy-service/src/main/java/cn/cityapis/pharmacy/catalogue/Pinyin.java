package cn.cityapis.pharmacy.catalogue;

import java.util.Locale;
import net.sourceforge.pinyin4j.PinyinHelper;

/** The sound of a Chinese name in Latin letters, for people who type {@code akbt} for 阿卡波糖. */
public record Pinyin(String initials, String full) {

    /** Letters and digits of a name as they are, characters by their most common reading, all else left out. */
    public static Pinyin of(String name) {
        var initials = new StringBuilder();
        var full = new StringBuilder();
        name.codePoints().forEach(c -> {
            String sound = sound(c);
            if (!sound.isEmpty()) {
                initials.append(sound.charAt(0));
                full.append(sound);
            }
        });
        return new Pinyin(initials.toString(), full.toString());
    }

    private static String sound(int codePoint) {
        if (codePoint < 128) {
            return Character.isLetterOrDigit(codePoint) ? Character.toString(codePoint).toLowerCase(Locale.ROOT) : "";
        }
        String[] readings = Character.isBmpCodePoint(codePoint)
                ? PinyinHelper.toHanyuPinyinStringArray((char) codePoint)
                : null;
        if (readings == null || readings.length == 0) {
            return "";
        }
        return readings[0].replaceAll("[^a-zü:]", "").replace("u:", "v").replace('ü', 'v').replace(":", "");
    }
}
