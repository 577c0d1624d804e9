package cn.cityapis.subsidy.application;

import static cn.cityapis.subsidy.application.ApplicationState.AWAITING_FUNDS;
import static cn.cityapis.subsidy.application.ApplicationState.CLAWED_BACK;
import static cn.cityapis.subsidy.application.ApplicationState.ENDED;
import static cn.cityapis.subsidy.application.ApplicationState.SUSPENDED;
import static cn.cityapis.subsidy.application.ApplicationState.DRAFT;
import static cn.cityapis.subsidy.application.ApplicationState.FIRST_REVIEW;
import static cn.cityapis.subsidy.application.ApplicationState.PAYING;
import static cn.cityapis.subsidy.application.ApplicationState.PUBLIC_NOTICE;
import static cn.cityapis.subsidy.application.ApplicationState.REJECTED;
import static cn.cityapis.subsidy.application.ApplicationState.SECOND_REVIEW;

import java.util.Optional;

/** Which step leads where. */
final class ApplicationRules {

    private ApplicationRules() {
    }

    /** @return empty if the step is not possible in this state */
    static Optional<ApplicationState> after(ApplicationState state, ApplicationStep step) {
        return switch (step) {
            case ApplicationStep.Submit submit -> from(state, DRAFT, FIRST_REVIEW);
            case ApplicationStep.PassFirst pass -> from(state, FIRST_REVIEW, SECOND_REVIEW);
            case ApplicationStep.PassSecond(int days) ->
                from(state, SECOND_REVIEW, days > 0 ? PUBLIC_NOTICE : AWAITING_FUNDS);
            case ApplicationStep.Reject reject ->
                state == FIRST_REVIEW || state == SECOND_REVIEW ? Optional.of(REJECTED) : Optional.empty();
            case ApplicationStep.EndNotice end -> from(state, PUBLIC_NOTICE, AWAITING_FUNDS);
            case ApplicationStep.Fund fund -> from(state, AWAITING_FUNDS, PAYING);
            case ApplicationStep.End end ->
                state == PAYING || state == SUSPENDED ? Optional.of(ENDED) : Optional.empty();
            case ApplicationStep.ClawBack clawBack -> state == PAYING || state == SUSPENDED || state == ENDED
                    ? Optional.of(CLAWED_BACK)
                    : Optional.empty();
        };
    }

    private static Optional<ApplicationState> from(ApplicationState state, ApplicationState needed,
            ApplicationState next) {
        return state == needed ? Optional.of(next) : Optional.empty();
    }
}
