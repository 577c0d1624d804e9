package cn.cityapis.subsidy.ledger;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which budgets bear which part of an amount. */
public final class BudgetShares {

    private BudgetShares() {
    }

    /**
     * The share of each month is split first and then multiplied: what is committed is to the fen what will be paid.
     *
     * @param area the district of the case
     */
    public static Map<Budget, Fen> of(Funding funding, String scheme, int year, String city, String area, Fen monthly,
            int months) {
        List<Integer> weights = funding.shares().stream().map(Funding.Share::weight).toList();
        List<Funding.Party> parties = funding.shares().stream().map(Funding.Share::party).toList();
        List<Fen> parts = monthly.split(weights, parties.indexOf(funding.oddFenTo()));
        Map<Budget, Fen> shares = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String payer = switch (parties.get(i)) {
                case CITY -> city;
                case DISTRICT -> area;
            };
            Fen part = parts.get(i).times(months);
            if (part.value() != 0) {
                shares.merge(new Budget(scheme, year, parties.get(i), payer), part, Fen::plus);
            }
        }
        return shares;
    }
}
