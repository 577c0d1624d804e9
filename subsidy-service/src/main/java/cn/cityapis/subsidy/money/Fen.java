package cn.cityapis.subsidy.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount of money in fen. Arithmetic is exact: what does not fit into a long is an {@link ArithmeticException}, never
 * a wrong number.
 */
public record Fen(long value) implements Comparable<Fen> {

    public static final Fen ZERO = new Fen(0);

    public Fen plus(Fen other) {
        return new Fen(Math.addExact(value, other.value));
    }

    public Fen minus(Fen other) {
        return new Fen(Math.subtractExact(value, other.value));
    }

    public Fen times(long factor) {
        return new Fen(Math.multiplyExact(value, factor));
    }

    public Fen negated() {
        return new Fen(Math.negateExact(value));
    }

    /** The part in percent, rounded half up (四舍五入) to whole fen, once. */
    public Fen percent(long percent) {
        return part(percent, 100);
    }

    /**
     * This times a fraction, rounded half up (四舍五入) to whole fen, once.
     *
     * @param divisor positive
     */
    public Fen part(long factor, long divisor) {
        long product = value * factor;
        if (Math.multiplyHigh(value, factor) == product >> (Long.SIZE - 1)) {
            long rest = Math.abs(product % divisor);
            return new Fen(product / divisor + (rest >= divisor - rest ? Long.signum(product) : 0));
        }
        BigDecimal exact = BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(factor));
        return new Fen(exact.divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP).longValueExact());
    }

    public Fen atMost(Fen cap) {
        return value <= cap.value ? this : cap;
    }

    /**
     * Splits by weights so that the parts add up exactly: each part is rounded down, the odd fen go to one party.
     *
     * @param weights at least one, all positive
     * @param oddTo index of the party that gets what is left over
     */
    public List<Fen> split(List<Integer> weights, int oddTo) {
        long sum = weights.stream().mapToLong(Integer::longValue).sum();
        List<Fen> parts = new ArrayList<>();
        long left = value;
        for (int weight : weights) {
            long part = Math.floorDiv(Math.multiplyExact(value, weight), sum);
            parts.add(new Fen(part));
            left -= part;
        }
        parts.set(oddTo, parts.get(oddTo).plus(new Fen(left)));
        return List.copyOf(parts);
    }

    /** In yuan, for people: 5000 or 5000.50. */
    public String yuan() {
        BigDecimal yuan = BigDecimal.valueOf(value, 2);
        return value % 100 == 0 ? yuan.setScale(0).toPlainString() : yuan.toPlainString();
    }

    @Override
    public int compareTo(Fen other) {
        return Long.compare(value, other.value);
    }
}
