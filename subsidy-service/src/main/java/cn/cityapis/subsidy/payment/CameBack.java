package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the money of a payment that came back stands in the books: as paid, and, as far as it was claimed back, as owed by
 * the person, who owes nothing that he does not have.
 */
record CameBack(Map<Budget, Fen> paid, Map<Budget, Fen> owed) {

    /**
     * @param shares what each budget had put into the order
     * @param paid what each has paid to the case and not claimed back
     * @param owed what each has claimed back and not received
     * @return empty if part of it has been repaid already
     */
    static Optional<CameBack> of(Map<Budget, Fen> shares, Map<Budget, Fen> paid, Map<Budget, Fen> owed) {
        Map<Budget, Fen> stillPaid = new LinkedHashMap<>();
        Map<Budget, Fen> claimed = new LinkedHashMap<>();
        for (Map.Entry<Budget, Fen> share : shares.entrySet()) {
            Budget budget = share.getKey();
            Fen whole = share.getValue();
            Fen part = whole.atMost(paid.getOrDefault(budget, Fen.ZERO));
            Fen rest = whole.minus(part);
            if (rest.compareTo(owed.getOrDefault(budget, Fen.ZERO)) > 0) {
                return Optional.empty();
            }
            stillPaid.put(budget, part);
            claimed.put(budget, rest);
        }
        return Optional.of(new CameBack(stillPaid, claimed));
    }

    Fen settled() {
        return owed.values().stream().reduce(Fen.ZERO, Fen::plus);
    }
}
