package cn.cityapis.trials;

/** Made-up people with identity numbers whose check digit is right (GB 11643). */
public final class People {

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    private People() {
    }

    /** Another one for each number: names are of letters. */
    public static String name(String family, int number) {
        StringBuilder name = new StringBuilder(family);
        for (char digit : Integer.toString(number).toCharArray()) {
            name.append((char) ('a' + digit - '0'));
        }
        return name.toString();
    }

    /** @param area six digits @param born eight digits, {@code yyyyMMdd} @param order 0 to 999 */
    public static String idNumber(String area, String born, int order) {
        String first = area + born + "%03d".formatted(order);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (first.charAt(i) - '0') * WEIGHTS[i];
        }
        return first + CHECK.charAt(sum % 11);
    }
}
