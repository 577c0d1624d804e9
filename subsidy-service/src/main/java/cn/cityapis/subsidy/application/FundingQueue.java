package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who gets the money when it is short: the oldest first, in each budget. */
final class FundingQueue {

    private FundingQueue() {
    }

    /** @param shares what the case needs of each budget */
    record Waiting(UUID application, Map<Budget, Fen> shares) {

        Waiting {
            shares = Map.copyOf(shares);
        }
    }

    /**
     * Walks the queue. A case that cannot be funded closes the budgets it lacks for all behind it: nobody overtakes.
     *
     * @param queue oldest first
     * @return the cases that are funded now
     */
    static List<Waiting> fund(List<Waiting> queue, Map<Budget, Fen> available) {
        Map<Budget, Fen> left = new HashMap<>(available);
        Set<Budget> closed = new HashSet<>();
        List<Waiting> funded = new ArrayList<>();
        for (Waiting waiting : queue) {
            List<Budget> lacking = waiting.shares().entrySet().stream()
                    .filter(share -> closed.contains(share.getKey())
                            || left.getOrDefault(share.getKey(), Fen.ZERO).compareTo(share.getValue()) < 0)
                    .map(Map.Entry::getKey).toList();
            if (lacking.isEmpty()) {
                waiting.shares().forEach((budget, amount) -> left.merge(budget, amount.negated(), Fen::plus));
                funded.add(waiting);
            } else {
                closed.addAll(lacking);
            }
        }
        return funded;
    }
}
