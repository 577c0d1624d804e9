package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.ApplicationState.AssessmentBooked;
import cn.cityapis.eldercare.application.ApplicationState.Offered;
import cn.cityapis.eldercare.application.ApplicationState.OfferAccepted;
import cn.cityapis.eldercare.application.ApplicationState.PapersChecked;
import cn.cityapis.eldercare.application.ApplicationState.Submitted;
import cn.cityapis.eldercare.application.ApplicationState.Waiting;
import cn.cityapis.eldercare.application.ApplicationState.WithOffer;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;

/** What becomes of a period that reached into a year without a calendar, once that year's is announced. */
final class ProvisionalRules {

    private ProvisionalRules() {
    }

    /**
     * The same period, counted again.
     *
     * @param startedOn the day on which it was stored, which is its event but for the result of an assessment to come
     */
    static Deadline anew(DeadlineKind kind, ApplicationState state, LocalDate startedOn, RuleOptions options,
            WorkingCalendar calendar) {
        return switch (kind) {
            // days of the calendar, never provisional
            case HAND_IN -> new Deadline(startedOn.plusDays(options.unfinishedDays()), false);
            case REVIEW -> calendar.workingDaysAfter(startedOn, options.reviewWorkingDays());
            case CHANGE_REVIEW -> calendar.workingDaysAfter(startedOn, options.changeReviewWorkingDays());
            case RESULT -> calendar.workingDaysAfter(
                    state instanceof AssessmentBooked booked ? booked.on() : startedOn, options.resultWorkingDays());
            case OBJECTION -> calendar.workingDaysAfter(startedOn, options.objectionWorkingDays());
            case RECHECK -> calendar.calendarDaysAfter(startedOn, options.recheckDays());
            case MOVE_IN -> calendar.workingDaysAfter(startedOn, options.moveInWorkingDays());
        };
    }

    /** The state with that period; as it was if the period does not run in it. */
    static ApplicationState with(ApplicationState state, DeadlineKind kind, Deadline by) {
        return switch (kind) {
            case HAND_IN -> state;
            case REVIEW -> state instanceof Submitted submitted ? new Submitted(submitted.at(), by) : state;
            case CHANGE_REVIEW -> state;
            case RESULT -> state instanceof AssessmentBooked booked
                    ? new AssessmentBooked(booked.qualifiedAt(), booked.appointmentId(), booked.on(), by)
                    : state;
            case OBJECTION -> AssessmentSteps.changed(state,
                    waiting -> new Waiting(waiting.since(), by, waiting.recheck()));
            case RECHECK -> AssessmentSteps.changed(state, waiting -> {
                Recheck recheck = waiting.recheck();
                return recheck == null ? waiting : waiting.with(recheck.by(recheck.agencyOrg(), by));
            });
            case MOVE_IN -> state instanceof WithOffer offered ? moveInBy(offered, by) : state;
        };
    }

    private static WithOffer moveInBy(WithOffer offered, Deadline by) {
        return switch (offered) {
            case Offered o -> new Offered(o.offerId(), o.homeId(), by, o.before());
            case OfferAccepted o -> new OfferAccepted(o.offerId(), o.homeId(), by, o.before());
            case PapersChecked o -> new PapersChecked(o.offerId(), o.homeId(), by, o.before());
        };
    }
}
