package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who gets the money when it is short: the oldest first, in each budget. One walk from the oldest to the youngest. */
final class FundingQueue {

    private final Map<Budget, Fen> left;
    private final Set<Budget> closed = new HashSet<>();

    FundingQueue(Map<Budget, Fen> available) {
        this(available, Set.of());
    }

    /** @param closed what those before, in an earlier part of the walk, lacked */
    FundingQueue(Map<Budget, Fen> available, Set<Budget> closed) {
        this.left = new HashMap<>(available);
        this.closed.addAll(closed);
    }

    Set<Budget> closed() {
        return Set.copyOf(closed);
    }

    /** @param shares what the case needs of each budget */
    record Waiting(UUID application, Map<Budget, Fen> shares) {

        Waiting {
            shares = Map.copyOf(shares);
        }
    }

    /** Of a case that cannot be funded the budgets that it lacks are closed for all behind it: nobody overtakes. */
    boolean reaches(Waiting next) {
        List<Budget> lacking = next.shares().entrySet().stream()
                .filter(share -> closed.contains(share.getKey())
                        || left.getOrDefault(share.getKey(), Fen.ZERO).compareTo(share.getValue()) < 0)
                .map(Map.Entry::getKey).toList();
        closed.addAll(lacking);
        return lacking.isEmpty();
    }

    /** What a case does not take, because it was withdrawn meanwhile, is there for those behind it. */
    void take(Waiting funded) {
        funded.shares().forEach((budget, amount) -> left.merge(budget, amount.negated(), Fen::plus));
    }
}
