package cn.cityapis.policy.search;

/** Whether a text says what was typed: by its characters, by pinyin, by initials, or by a mixture, as input methods take it. */
final class SoundMatch {

    /** What is typed beyond this is not looked at. */
    static final int LONGEST = 60;

    private SoundMatch() {
    }

    /** Whether a character can say the first letter of what was typed: the quick look before the thorough one. */
    static boolean mayBegin(char c, String typed) {
        char first = typed.charAt(0);
        return c == first || Characters.latin(first) && (Sounds.letters(c) & 1 << first - 'a') != 0;
    }

    /**
     * Where the text that says what was typed ends, or -1.
     *
     * @param plain the text in plain characters
     * @param begun whether the last syllable may be only begun
     */
    static int end(String plain, int from, String typed, boolean begun) {
        int length = Math.min(typed.length(), LONGEST);
        long done = 1L << length;
        // bit n: the first n letters of what was typed are said
        long said = 1L;
        for (int at = from; at < plain.length(); at++) {
            char c = plain.charAt(at);
            long next = step(c, typed, length, said, begun);
            if ((next & done) != 0) {
                return at + 1;
            }
            if (next == 0 && (at == from || Character.isLetterOrDigit(c))) {
                return -1;
            }
            said = next == 0 ? said : next;
        }
        return -1;
    }

    private static long step(char c, String typed, int length, long said, boolean begun) {
        long next = 0;
        for (long left = said; left != 0; left &= left - 1) {
            int n = Long.numberOfTrailingZeros(left);
            char wanted = typed.charAt(n);
            if (wanted == c) {
                next |= 1L << n + 1;
            } else if (Characters.latin(wanted)) {
                next |= syllable(c, typed, length, n, begun);
            }
        }
        return next;
    }

    private static long syllable(char c, String typed, int length, int n, boolean begun) {
        long next = 0;
        for (String reading : Sounds.of(c)) {
            int same = 0;
            while (same < reading.length() && n + same < length && reading.charAt(same) == typed.charAt(n + same)) {
                same++;
            }
            if (same == reading.length() || begun && same > 0 && n + same == length) {
                next |= 1L << n + same;
            }
            if (same > 0) {
                next |= 1L << n + 1;
            }
        }
        return next;
    }
}
