package cn.cityapis.subsidy.application;

import static cn.cityapis.subsidy.application.ApplicationState.APPEALED;
import static cn.cityapis.subsidy.application.ApplicationState.AWAITING_FUNDS;
import static cn.cityapis.subsidy.application.ApplicationState.CLAWED_BACK;
import static cn.cityapis.subsidy.application.ApplicationState.DRAFT;
import static cn.cityapis.subsidy.application.ApplicationState.ENDED;
import static cn.cityapis.subsidy.application.ApplicationState.FIRST_REVIEW;
import static cn.cityapis.subsidy.application.ApplicationState.PAYING;
import static cn.cityapis.subsidy.application.ApplicationState.PUBLIC_NOTICE;
import static cn.cityapis.subsidy.application.ApplicationState.REJECTED;
import static cn.cityapis.subsidy.application.ApplicationState.SECOND_REVIEW;
import static cn.cityapis.subsidy.application.ApplicationState.SUPPLEMENT;
import static cn.cityapis.subsidy.application.ApplicationState.SUSPENDED;
import static cn.cityapis.subsidy.application.ApplicationState.WITHDRAWN;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which step leads where. */
final class ApplicationRules {

    private static final Set<ApplicationState> IN_REVIEW = EnumSet.of(FIRST_REVIEW, SECOND_REVIEW);
    private static final Set<ApplicationState> BEFORE_MONEY = EnumSet.of(FIRST_REVIEW, SUPPLEMENT, SECOND_REVIEW,
            PUBLIC_NOTICE, AWAITING_FUNDS);
    private static final Set<ApplicationState> GETTING_MONEY = EnumSet.of(PAYING, SUSPENDED);
    private static final Set<ApplicationState> HAS_HAD_MONEY = EnumSet.of(PAYING, SUSPENDED, ENDED);

    private ApplicationRules() {
    }

    /** @return empty if the step is not possible in this state */
    static Optional<ApplicationState> after(ApplicationState state, ApplicationStep step) {
        return switch (step) {
            case ApplicationStep.Submit submit -> from(state, EnumSet.of(DRAFT), FIRST_REVIEW);
            case ApplicationStep.PassFirst pass -> from(state, EnumSet.of(FIRST_REVIEW), SECOND_REVIEW);
            case ApplicationStep.PassSecond(int days) -> from(state, EnumSet.of(SECOND_REVIEW), approved(days));
            case ApplicationStep.Reject reject -> from(state, IN_REVIEW, REJECTED);
            case ApplicationStep.AskSupplement ask -> from(state, IN_REVIEW, SUPPLEMENT);
            case ApplicationStep.Supplement(Review.Level level) -> from(state, EnumSet.of(SUPPLEMENT),
                    level == Review.Level.FIRST ? FIRST_REVIEW : SECOND_REVIEW);
            case ApplicationStep.LapseSupplement lapse -> from(state, EnumSet.of(SUPPLEMENT), WITHDRAWN);
            case ApplicationStep.Withdraw withdraw -> from(state, BEFORE_MONEY, WITHDRAWN);
            case ApplicationStep.UpholdObjection uphold -> from(state, EnumSet.of(PUBLIC_NOTICE), REJECTED);
            case ApplicationStep.EndNotice end -> from(state, EnumSet.of(PUBLIC_NOTICE), AWAITING_FUNDS);
            case ApplicationStep.Appeal appeal -> from(state, EnumSet.of(REJECTED), APPEALED);
            case ApplicationStep.DismissAppeal dismiss -> from(state, EnumSet.of(APPEALED), REJECTED);
            case ApplicationStep.AllowAppeal allow -> from(state, EnumSet.of(APPEALED), afterAppeal(allow));
            case ApplicationStep.Fund fund -> from(state, EnumSet.of(AWAITING_FUNDS), PAYING);
            case ApplicationStep.Suspend suspend -> from(state, EnumSet.of(PAYING), SUSPENDED);
            case ApplicationStep.Resume resume -> from(state, EnumSet.of(SUSPENDED), PAYING);
            case ApplicationStep.End end -> from(state, GETTING_MONEY, ENDED);
            case ApplicationStep.ClawBack clawBack -> from(state, HAS_HAD_MONEY, CLAWED_BACK);
        };
    }

    private static ApplicationState approved(int noticeDays) {
        return noticeDays > 0 ? PUBLIC_NOTICE : AWAITING_FUNDS;
    }

    private static ApplicationState afterAppeal(ApplicationStep.AllowAppeal allow) {
        return switch (allow.rejectedAt()) {
            case FIRST -> SECOND_REVIEW;
            case SECOND -> approved(allow.noticeDays());
            case APPEAL -> throw new IllegalArgumentException("An appeal is no stage that rejects");
            case null -> PUBLIC_NOTICE;
        };
    }

    private static Optional<ApplicationState> from(ApplicationState state, Set<ApplicationState> possible,
            ApplicationState next) {
        return possible.contains(state) ? Optional.of(next) : Optional.empty();
    }
}
