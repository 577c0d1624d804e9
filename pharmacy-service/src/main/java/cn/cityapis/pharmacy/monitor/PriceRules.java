package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a reported retail price with the procured price. */
public final class PriceRules {

    private static final BigInteger WHOLE_BP = BigInteger.valueOf(10_000);
    /** A price of a twentieth of the procured one was most likely given in yuan. */
    private static final long SUSPICIOUS_FRACTION = 20;

    private static final long SUSPICIOUS_MULTIPLE = 50;

    private PriceRules() {
    }

    /**
     * Limits that hold from a day on, in ten-thousandths: above the procured price, above the city's median, and of a rise
     * over what the seller asked in the last days.
     *
     * @param historyDays for how many days the seller's own prices count
     */
    public record Thresholds(LocalDate inForceFrom, Limits procured, Limits median, Limits rise, int historyDays) {

        /** Limits above the procured price alone. */
        public static Thresholds ofProcured(LocalDate inForceFrom, int yellowAboveBp, int redAboveBp) {
            Limits never = new Limits(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
            return new Thresholds(inForceFrom, new Limits(yellowAboveBp, redAboveBp), never, never, 1);
        }
    }

    /** A limit is passed by more than it, not by reaching it. */
    public record Limits(int yellowAboveBp, int redAboveBp) {

        public Limits {
            if (yellowAboveBp < 0 || yellowAboveBp >= redAboveBp) {
                throw new IllegalArgumentException("yellow must come before red");
            }
        }
    }

    /**
     * What a price is compared with besides the procured one; null where it is not known.
     *
     * @param before the lowest of the seller's other prices in the days that count
     */
    public record Beside(@Nullable Fen median, @Nullable Fen before) {
    }

    /** @param reasons with what it was compared to come to the level; empty for green */
    public record Judgement(PriceLevel level, List<String> reasons) {
    }

    /** The thresholds in force on a day. */
    public static Thresholds inForce(Collection<Thresholds> all, LocalDate day) {
        return all.stream().filter(t -> !t.inForceFrom().isAfter(day))
                .max(Comparator.comparing(Thresholds::inForceFrom))
                .orElseThrow(() -> new IllegalStateException("no price thresholds in force on " + day));
    }

    /** How far retail is above procured, in ten-thousandths rounded down, but one at least if it is; negative below it. */
    public static int aboveBp(Fen retail, Fen procured) {
        int above = BigInteger.valueOf(retail.amount() - procured.amount()).multiply(WHOLE_BP)
                .divide(BigInteger.valueOf(procured.amount())).min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
        return above == 0 && retail.compareTo(procured) > 0 ? 1 : above;
    }

    /**
     * The level of a price. One that is not above the procured price is green whatever others ask and whatever it was; of
     * the rest the highest of the three comparisons counts.
     */
    public static Judgement judge(Fen retail, Fen procured, Beside beside, Thresholds thresholds) {
        if (retail.compareTo(procured) <= 0) {
            return new Judgement(PriceLevel.GREEN, List.of());
        }
        Map<String, PriceLevel> levels = new LinkedHashMap<>();
        levels.put("procured", level(retail, procured, thresholds.procured()));
        levels.put("median", beside.median() == null
                ? PriceLevel.GREEN
                : level(retail, beside.median(), thresholds.median()));
        levels.put("history", beside.before() == null
                ? PriceLevel.GREEN
                : level(retail, beside.before(), thresholds.rise()));
        PriceLevel highest = levels.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        return new Judgement(highest, levels.entrySet().stream()
                .filter(e -> highest != PriceLevel.GREEN && e.getValue() == highest).map(Map.Entry::getKey).toList());
    }

    /** The level of a price against the procured one alone. */
    public static PriceLevel level(Fen retail, Fen procured, Thresholds thresholds) {
        return level(retail, procured, thresholds.procured());
    }

    static PriceLevel level(Fen retail, Fen other, Limits limits) {
        BigInteger excess = BigInteger.valueOf(retail.amount() - other.amount()).multiply(WHOLE_BP);
        BigInteger base = BigInteger.valueOf(other.amount());
        if (excess.compareTo(base.multiply(BigInteger.valueOf(limits.redAboveBp()))) > 0) {
            return PriceLevel.RED;
        }
        return excess.compareTo(base.multiply(BigInteger.valueOf(limits.yellowAboveBp()))) > 0
                ? PriceLevel.YELLOW
                : PriceLevel.GREEN;
    }

    /** Whether a reported price is so far above that a factor of a hundred was most likely applied twice. */
    public static boolean looksHundredfold(Fen retail, Fen procured) {
        return retail.amount() / SUSPICIOUS_MULTIPLE >= procured.amount();
    }

    /** Whether a reported price looks as if it had been given in yuan instead of fen. */
    public static boolean looksLikeYuan(Fen retail, Fen procured) {
        return retail.amount() <= procured.amount() / SUSPICIOUS_FRACTION;
    }
}
