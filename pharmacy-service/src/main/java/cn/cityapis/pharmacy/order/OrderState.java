package cn.cityapis.pharmacy.order;

import java.time.Instant;

/** The life of an order. What a state allows is what it has methods for. */
sealed interface OrderState {

    /** Sent to the supplier, who has not answered. */
    record Placed() implements OrderState {

        Confirmed confirm(Instant at) {
            return new Confirmed(at);
        }

        Refused refuse(Instant at, String reason) {
            return new Refused(at, reason);
        }
    }

    /** The supplier delivers, in as many parts as it takes. */
    record Confirmed(Instant at) implements OrderState {

        Completed complete(Instant done) {
            return new Completed(at, done);
        }
    }

    /** The supplier will not deliver. */
    record Refused(Instant at, String reason) implements OrderState {
    }

    /** All that was ordered was accepted. */
    record Completed(Instant confirmedAt, Instant at) implements OrderState {
    }

    /** The name in answers and in the database. */
    default String code() {
        return switch (this) {
            case Placed placed -> "placed";
            case Confirmed confirmed -> "confirmed";
            case Refused refused -> "refused";
            case Completed completed -> "completed";
        };
    }

    /** The state in words. */
    default String text() {
        return switch (this) {
            case Placed placed -> "待供货企业确认";
            case Confirmed confirmed -> "已确认，供货中";
            case Refused refused -> "供货企业已拒绝";
            case Completed completed -> "已全部验收";
        };
    }
}
