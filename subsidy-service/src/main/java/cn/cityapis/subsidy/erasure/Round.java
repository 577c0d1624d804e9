package cn.cityapis.subsidy.erasure;

import cn.cityapis.subsidy.application.ApplicationState;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of one application bears on whether its data may go.
 *
 * @param ordersOpen whether an order to the bank has neither been paid nor given up
 * @param owes whether something is claimed back and has not come
 * @param objectionOpen whether an objection waits to be decided; against what is not noticed any more there is none to decide
 * @param periodRuns whether a period of it runs, such as that of an appeal
 * @param lastDay when something last happened to it
 * @param lastOrdered when the bank was last told to pay, or answered; null if it never was
 */
record Round(UUID applicationId, ApplicationState state, boolean ordersOpen, boolean owes, boolean objectionOpen,
        boolean periodRuns, LocalDate lastDay, @Nullable LocalDate lastOrdered) {

    /** Not handed in: nobody but the citizen has it, and nothing rests on it. */
    boolean isDraft() {
        return state == ApplicationState.DRAFT;
    }
}
