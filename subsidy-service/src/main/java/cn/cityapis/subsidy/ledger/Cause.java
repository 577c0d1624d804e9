package cn.cityapis.subsidy.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction is booked for.
 *
 * @param item the order to the bank; a constraint lets each be sent, paid, returned and given up once
 * @param filing the year's filing of a lead insurer
 * @param reverses the transaction that is taken back
 */
public record Cause(@Nullable UUID application, @Nullable UUID item, @Nullable UUID filing, @Nullable UUID reverses) {

    public static final Cause NONE = new Cause(null, null, null, null);

    public static Cause application(UUID application) {
        return new Cause(application, null, null, null);
    }

    public static Cause item(UUID application, UUID item) {
        return new Cause(application, item, null, null);
    }

    public static Cause filing(UUID filing) {
        return new Cause(null, null, filing, null);
    }

    static Cause reversal(UUID reversed) {
        return new Cause(null, null, null, reversed);
    }
}
