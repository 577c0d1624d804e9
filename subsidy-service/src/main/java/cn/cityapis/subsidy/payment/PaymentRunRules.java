package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.payment.PaymentRun.State;
import java.util.Optional;

/** Which step of a run leads where; anything else is refused. */
final class PaymentRunRules {

    private PaymentRunRules() {
    }

    /** What can happen to a run. */
    enum Step {
        MAKE_FILE,
        SEND,
        /** Nothing is left to send. */
        CANCEL,
        /** All payments of the file arrived. */
        REPLY_WHOLE,
        /** All are answered, some did not arrive. */
        REPLY_IN_PART,
        /** Some are answered, the bank still owes the others. */
        REPLY_SOME,
        /** The last payment that had failed is retried or given up. */
        SETTLE_LAST,
        /** What had arrived came back (退汇). */
        COME_BACK
    }

    /** @return empty if the step is not possible in this state */
    static Optional<State> after(State state, Step step) {
        return switch (step) {
            case MAKE_FILE -> from(state, State.CREATED, State.FILE_MADE);
            case SEND -> from(state, State.FILE_MADE, State.SENT);
            case CANCEL -> from(state, State.FILE_MADE, State.CANCELLED);
            case REPLY_WHOLE -> from(state, State.SENT, State.CLOSED);
            case REPLY_IN_PART -> from(state, State.SENT, State.REPLIED);
            case REPLY_SOME -> from(state, State.SENT, State.SENT);
            case SETTLE_LAST -> from(state, State.REPLIED, State.CLOSED);
            case COME_BACK -> switch (state) {
                case SENT -> Optional.of(State.SENT);
                case REPLIED, CLOSED -> Optional.of(State.REPLIED);
                case CREATED, FILE_MADE, CANCELLED -> Optional.empty();
            };
        };
    }

    /** Only what was looked at again goes to the bank: there is no file before it is sent. */
    static boolean isWithTheBank(State state) {
        return switch (state) {
            case SENT, REPLIED, CLOSED -> true;
            case CREATED, FILE_MADE, CANCELLED -> false;
        };
    }

    private static Optional<State> from(State state, State needed, State next) {
        return state == needed ? Optional.of(next) : Optional.empty();
    }
}
