package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a scheme's amount is computed. */
sealed interface AmountRules permits MonthlyRules, CappedRateRules {

    Stream<Expression> expressions();

    /** The facts still needed to tell the amount. */
    Set<String> missing(Case it);

    /** @return null if no tier fits */
    @Nullable
    Grant grant(Case it);

    /** The most that can still come out, in all. */
    long atMost(Case it);

    static List<Grant.ShareAmount> shares(Funding funding, Fen amount) {
        List<Integer> weights = funding.shares().stream().map(Funding.Share::weight).toList();
        List<Funding.Party> parties = funding.shares().stream().map(Funding.Share::party).toList();
        List<Fen> parts = amount.split(weights, parties.indexOf(funding.oddFenTo()));
        List<Grant.ShareAmount> shares = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            shares.add(new Grant.ShareAmount(parties.get(i), parts.get(i).value()));
        }
        return shares;
    }

    static @Nullable CitationView cite(Scheme scheme, @Nullable Citation citation, boolean demo) {
        return citation == null ? null : CitationView.of(scheme, citation, demo);
    }
}
