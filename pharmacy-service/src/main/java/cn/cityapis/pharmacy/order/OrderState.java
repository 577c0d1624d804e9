package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.platform.problem.ProblemException;
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

        Cancelled cancel(Instant at, String reason) {
            return new Cancelled(at, reason);
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

    /** The buyer took it back before the supplier had answered. */
    record Cancelled(Instant at, String reason) implements OrderState {
    }

    /** All that was ordered was accepted, but for what was closed short. */
    record Completed(Instant confirmedAt, Instant at) implements OrderState {
    }

    /** The name in answers and in the database. */
    default String code() {
        return switch (this) {
            case Placed placed -> "placed";
            case Confirmed confirmed -> "confirmed";
            case Refused refused -> "refused";
            case Cancelled cancelled -> "cancelled";
            case Completed completed -> "completed";
        };
    }

    /** What it does not allow. */
    default ProblemException refusal() {
        return ProblemException.of(PharmacyProblem.ORDER_STATE, "订单" + text() + "，不能进行此操作").with("state", code());
    }

    /** The state in words. */
    default String text() {
        return switch (this) {
            case Placed placed -> "待供货企业确认";
            case Confirmed confirmed -> "已确认，供货中";
            case Refused refused -> "供货企业已拒绝";
            case Cancelled cancelled -> "采购方已撤销";
            case Completed completed -> "已完成";
        };
    }
}
