package cn.cityapis.subsidy.ledger;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.AccountKey.Kind;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
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
        COMMITMENT,
        /** Handed to the bank. */
        @JsonProperty("transmission")
        TRANSMISSION,
        /** The bank says that it arrived. */
        @JsonProperty("payment")
        PAYMENT,
        /** The bank says that it did not arrive, or sends back what had: committed as before. */
        @JsonProperty("return")
        RETURN,
        /** Paid money that the payee has to give back. */
        @JsonProperty("clawback")
        CLAWBACK,
        @JsonProperty("repayment")
        REPAYMENT,
        /** The city's share goes to the district that is to pay it out. */
        @JsonProperty("transfer")
        TRANSFER,
        /** Takes a wrong transaction back, entry by entry. */
        @JsonProperty("reversal")
        REVERSAL,
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

    public static Booking transmission(Map<Budget, Fen> shares) {
        return move(Type.TRANSMISSION, shares, Kind.COMMITTED, Kind.IN_TRANSIT);
    }

    public static Booking payment(Map<Budget, Fen> shares) {
        return move(Type.PAYMENT, shares, Kind.IN_TRANSIT, Kind.PAID);
    }

    public static Booking returned(Map<Budget, Fen> shares) {
        return move(Type.RETURN, shares, Kind.IN_TRANSIT, Kind.COMMITTED);
    }

    /**
     * It had arrived, and came back: committed as before.
     *
     * @param paid what stands as paid of each share
     * @param owed what was claimed back of it: the claim is settled
     */
    public static Booking cameBack(Map<Budget, Fen> paid, Map<Budget, Fen> owed) {
        List<Line> lines = new ArrayList<>(move(paid, Kind.PAID, Kind.COMMITTED));
        lines.addAll(move(owed, Kind.RECEIVABLE, Kind.COMMITTED));
        return new Booking(Type.RETURN, lines);
    }

    public static Booking clawback(Map<Budget, Fen> shares) {
        return move(Type.CLAWBACK, shares, Kind.PAID, Kind.RECEIVABLE);
    }

    /** Repaid money can be spent again by the budget that had paid it. */
    public static Booking repayment(Map<Budget, Fen> shares) {
        return move(Type.REPAYMENT, shares, Kind.RECEIVABLE, Kind.AVAILABLE);
    }

    /** The city's shares, from what it has committed into the hands of the district. */
    public static Booking transfer(Map<Budget, Fen> shares, String area) {
        List<Line> lines = new ArrayList<>();
        shares.forEach((budget, fen) -> {
            if (budget.party() == Funding.Party.CITY) {
                lines.add(new Line(budget.account(Kind.COMMITTED), fen.negated()));
                lines.add(new Line(district(budget, area).account(Kind.CITY_FUNDS), fen));
            }
        });
        return new Booking(Type.TRANSFER, lines);
    }

    /** Both shares to the insurer: the district's own from what it has committed, the city's from what it was handed. */
    public static Booking insurerPayment(Map<Budget, Fen> shares, String area) {
        List<Line> lines = new ArrayList<>();
        shares.forEach((budget, fen) -> {
            AccountKey from = switch (budget.party()) {
                case CITY -> district(budget, area).account(Kind.CITY_FUNDS);
                case DISTRICT -> budget.account(Kind.COMMITTED);
            };
            lines.add(new Line(from, fen.negated()));
            lines.add(new Line(budget.account(Kind.PAID), fen));
        });
        return new Booking(Type.PAYMENT, lines);
    }

    /** A payment to the insurer came back: each share lies where it was paid from. */
    public static Booking insurerReturn(Map<Budget, Fen> shares, String area) {
        return new Booking(Type.RETURN, reversal(insurerPayment(shares, area).lines()).lines());
    }

    private static Budget district(Budget budget, String area) {
        return new Budget(budget.scheme(), budget.year(), Funding.Party.DISTRICT, area);
    }

    /** @param lines of the transaction that is taken back */
    static Booking reversal(List<Line> lines) {
        return new Booking(Type.REVERSAL,
                lines.stream().map(line -> new Line(line.account(), line.amount().negated())).toList());
    }

    public static Booking release(Map<Budget, Fen> shares) {
        return move(Type.RELEASE, shares, Kind.COMMITTED, Kind.AVAILABLE);
    }

    private static Booking move(Type type, Map<Budget, Fen> shares, Kind from, Kind to) {
        return new Booking(type, move(shares, from, to));
    }

    private static List<Line> move(Map<Budget, Fen> shares, Kind from, Kind to) {
        List<Line> lines = new ArrayList<>();
        shares.forEach((budget, amount) -> {
            if (amount.value() != 0) {
                lines.addAll(move(budget, amount, from, to));
            }
        });
        return lines;
    }

    private static List<Line> move(Budget budget, Fen amount, Kind from, Kind to) {
        return List.of(new Line(budget.account(from), amount.negated()), new Line(budget.account(to), amount));
    }
}
