package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;

/** Compares a reported retail price with the procured price. */
public final class PriceRules {

    private static final BigInteger WHOLE_BP = BigInteger.valueOf(10_000);
    /** A price of a twentieth of the procured one was most likely given in yuan. */
    private static final long SUSPICIOUS_FRACTION = 20;

    private PriceRules() {
    }

    /**
     * Limits above the procured price, in ten-thousandths of it, that hold from a day on.
     */
    public record Thresholds(LocalDate inForceFrom, int yellowAboveBp, int redAboveBp) {

        public Thresholds {
            if (yellowAboveBp < 0 || yellowAboveBp >= redAboveBp) {
                throw new IllegalArgumentException("yellow must come before red");
            }
        }
    }

    /** The thresholds in force on a day. */
    public static Thresholds inForce(Collection<Thresholds> all, LocalDate day) {
        return all.stream().filter(t -> !t.inForceFrom().isAfter(day))
                .max(Comparator.comparing(Thresholds::inForceFrom))
                .orElseThrow(() -> new IllegalStateException("no price thresholds in force on " + day));
    }

    /** How far retail is above procured, in ten-thousandths rounded down; negative below it. */
    public static int aboveBp(Fen retail, Fen procured) {
        return BigInteger.valueOf(retail.amount() - procured.amount()).multiply(WHOLE_BP)
                .divide(BigInteger.valueOf(procured.amount())).min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    }

    /** The level of a price: a threshold is passed by more than it, not by reaching it. */
    public static PriceLevel level(Fen retail, Fen procured, Thresholds thresholds) {
        BigInteger excess = BigInteger.valueOf(retail.amount() - procured.amount()).multiply(WHOLE_BP);
        BigInteger base = BigInteger.valueOf(procured.amount());
        if (excess.compareTo(base.multiply(BigInteger.valueOf(thresholds.redAboveBp()))) > 0) {
            return PriceLevel.RED;
        }
        return excess.compareTo(base.multiply(BigInteger.valueOf(thresholds.yellowAboveBp()))) > 0
                ? PriceLevel.YELLOW
                : PriceLevel.GREEN;
    }

    /** Whether a reported price looks as if it had been given in yuan instead of fen. */
    public static boolean looksLikeYuan(Fen retail, Fen procured) {
        return retail.amount() <= procured.amount() / SUSPICIOUS_FRACTION;
    }
}
