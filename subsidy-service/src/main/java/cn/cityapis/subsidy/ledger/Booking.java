package cn.cityapis.subsidy.ledger;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.AccountKey.Kind;
import cn.cityapis.subsidy.money.Fen;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A transaction before it is written: entries that add up to zero. */
public record Booking(Type type, List<Line> lines) {

    /** What happens to the money. */
    public enum Type {
        @JsonProperty("appropriation")
        APPROPRIATION, @JsonProperty("commitment")
        COMMITMENT, @JsonProperty("payment")
        PAYMENT,
        /** Committed money that is not paid becomes available again. */
        @JsonProperty("release")
        RELEASE
    }

    public record Line(AccountKey account, Fen amount) {
    }

    public Booking {
        lines = List.copyOf(lines);
        Fen sum = lines.stream().map(Line::amount).reduce(Fen.ZERO, Fen::plus);
        if (lines.size() < 2 || sum.value() != 0 || lines.stream().anyMatch(line -> line.amount().value() == 0)) {
            throw new IllegalArgumentException("Entries must add up to zero: " + lines);
        }
    }

    public static Booking appropriation(Budget budget, Fen amount) {
        return new Booking(Type.APPROPRIATION, move(budget, amount, Kind.SOURCE, Kind.AVAILABLE));
    }

    /** @param shares what each budget bears */
    public static Booking commitment(Map<Budget, Fen> shares) {
        return move(Type.COMMITMENT, shares, Kind.AVAILABLE, Kind.COMMITTED);
    }

    public static Booking payment(Map<Budget, Fen> shares) {
        return move(Type.PAYMENT, shares, Kind.COMMITTED, Kind.PAID);
    }

    public static Booking release(Map<Budget, Fen> shares) {
        return move(Type.RELEASE, shares, Kind.COMMITTED, Kind.AVAILABLE);
    }

    private static Booking move(Type type, Map<Budget, Fen> shares, Kind from, Kind to) {
        List<Line> lines = new ArrayList<>();
        shares.forEach((budget, amount) -> {
            if (amount.value() != 0) {
                lines.addAll(move(budget, amount, from, to));
            }
        });
        return new Booking(type, lines);
    }

    private static List<Line> move(Budget budget, Fen amount, Kind from, Kind to) {
        return List.of(new Line(budget.account(from), amount.negated()), new Line(budget.account(to), amount));
    }
}
