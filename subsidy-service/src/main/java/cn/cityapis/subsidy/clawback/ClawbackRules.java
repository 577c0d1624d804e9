package cn.cityapis.subsidy.clawback;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which budgets a sum goes back to: in the proportion in which they paid, to the fen, none more than it has paid. */
final class ClawbackRules {

    private ClawbackRules() {
    }

    /**
     * The largest remainders get the odd fen; where they are equal, the budget that comes first in the order.
     *
     * @param held what each budget has left, all positive
     * @param amount at least 1 and at most the sum of what is held
     */
    static Map<Budget, Fen> shares(Map<Budget, Fen> held, Fen amount) {
        Fen all = sum(held);
        if (amount.value() < 1 || amount.compareTo(all) > 0) {
            throw new IllegalArgumentException("Between 1 and " + all.value() + ": " + amount.value());
        }
        List<Part> parts = new ArrayList<>();
        held.forEach((budget, fen) -> parts.add(Part.of(budget, fen, amount, all)));
        long odd = amount.value() - parts.stream().mapToLong(Part::whole).sum();
        parts.sort(Comparator.comparing(Part::remainder).reversed());
        Map<Budget, Fen> shares = new LinkedHashMap<>();
        for (Part part : parts) {
            long fen = part.whole() + (odd-- > 0 ? 1 : 0);
            if (fen > 0) {
                shares.put(part.budget(), new Fen(fen));
            }
        }
        return shares;
    }

    static Fen sum(Map<Budget, Fen> held) {
        return held.values().stream().reduce(Fen.ZERO, Fen::plus);
    }

    /** Rounded down, and what was cut off. Where something was cut off the budget holds at least one fen more. */
    private record Part(Budget budget, long whole, BigInteger remainder) {

        static Part of(Budget budget, Fen held, Fen amount, Fen all) {
            BigInteger[] exact = BigInteger.valueOf(held.value()).multiply(BigInteger.valueOf(amount.value()))
                    .divideAndRemainder(BigInteger.valueOf(all.value()));
            return new Part(budget, exact[0].longValueExact(), exact[1]);
        }
    }
}
