package cn.cityapis.pharmacy.money;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An amount of money in fen, a hundredth of a yuan. */
public record Fen(@JsonValue long amount) implements Comparable<Fen> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Fen {
        // the annotation alone: a number becomes an amount
    }

    public Fen times(int count) {
        return new Fen(Math.multiplyExact(amount, count));
    }

    public Fen plus(Fen other) {
        return new Fen(Math.addExact(amount, other.amount));
    }

    @Override
    public int compareTo(Fen other) {
        return Long.compare(amount, other.amount);
    }
}
