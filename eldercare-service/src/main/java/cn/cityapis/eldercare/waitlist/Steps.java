package cn.cityapis.eldercare.waitlist;

/**
 * The steps until somebody is reached, 1 / (placed + left · n) days each, added up for n = 0 to however many stand before
 * him, and their squares. The first are added one by one, the rest by Euler and Maclaurin's formula, so that a queue of a
 * million costs no more than one of hundreds; what it leaves out is less than 10⁻¹² of the sum.
 */
record Steps(double days, double squares) {

    private static final long ONE_BY_ONE = 256;

    /**
     * @param placed how many are placed a day, more than none
     * @param left which share of those who wait leaves a day
     */
    static Steps upTo(long ahead, double placed, double left) {
        double days = 0;
        double squares = 0;
        for (long n = 0; n <= Math.min(ahead, ONE_BY_ONE); n++) {
            double step = 1 / (placed + left * n);
            days += step;
            squares += step * step;
        }
        return ahead <= ONE_BY_ONE
                ? new Steps(days, squares)
                : rest(days, squares, placed + left * ONE_BY_ONE, placed + left * ahead, ahead - ONE_BY_ONE, left);
    }

    /** From the pace {@code from}, which is already counted, to the pace {@code to}: integral, trapezium and slopes. */
    private static Steps rest(double days, double squares, double from, double to, long steps, double left) {
        double first = 1 / from;
        double last = 1 / to;
        double area = left == 0 ? steps * first : Math.log1p(left * steps * first) / left;
        double slopes = left * (first * first - last * last) / 12;
        double slopesOfSquares = left * (first * first * first - last * last * last) / 6;
        return new Steps(days + area + (last - first) / 2 + slopes,
                squares + steps * first * last + (last * last - first * first) / 2 + slopesOfSquares);
    }
}
