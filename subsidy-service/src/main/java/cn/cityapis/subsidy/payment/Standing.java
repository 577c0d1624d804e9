package cn.cityapis.subsidy.payment;

import java.util.List;

/** Whether a month that was ordered may still go to the bank. */
sealed interface Standing {

    record Due() implements Standing {
    }

    /** Not now: its case is suspended. */
    record OnHold() implements Standing {
    }

    /** Not at all. */
    record NotDue(List<Payment.Reason> against) implements Standing {

        public NotDue {
            against = List.copyOf(against);
        }
    }
}
