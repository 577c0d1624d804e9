package cn.cityapis.policy.entitlement;

/** A text with all widths folded, character by character, so that positions stay. */
final class Sentence {

    private static final String WIDE = "，；：．％（）〔〕［］[]—－–～　";
    private static final String NARROW = ",;:.%()()()()---- ";

    /** No sentence is longer; it bounds the work on a text without any stop. */
    private static final int LONGEST = 500;

    private Sentence() {
    }

    static String fold(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = fold(folded[i]);
        }
        return new String(folded);
    }

    private static char fold(char c) {
        if (c >= 0x4E00 && c <= 0x9FFF) {
            return c;
        }
        int wide = WIDE.indexOf(c);
        return wide >= 0 ? NARROW.charAt(wide) : c >= '０' && c <= '９' ? (char) (c - '０' + '0') : c;
    }

    /** Where the stretch around a place begins that none of these characters interrupts. */
    static int start(String folded, int at, String stops) {
        int i = at;
        while (i > 0 && at - i < LONGEST && !stops(folded, i - 1, stops)) {
            i--;
        }
        return i;
    }

    static int end(String folded, int at, String stops) {
        int i = at;
        while (i < folded.length() && i - at < LONGEST && !stops(folded, i, stops)) {
            i++;
        }
        return i;
    }

    /** A comma or colon between digits interrupts nothing. */
    private static boolean stops(String folded, int i, String stops) {
        char c = folded.charAt(i);
        boolean inNumber = (c == ',' || c == ':') && i > 0 && i + 1 < folded.length()
                && Character.isDigit(folded.charAt(i - 1)) && Character.isDigit(folded.charAt(i + 1));
        return stops.indexOf(c) >= 0 && !inNumber;
    }
}
