package cn.cityapis.subsidy.application;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which period runs in which state, and until when. The day of the event does not count (民法典 第二百零一条). */
final class DeadlineRules {

    private DeadlineRules() {
    }

    /** @param appealed whether the rejection was appealed before: there is no second appeal */
    static Optional<DeadlineKind> runningIn(ApplicationState state, boolean appealed) {
        return switch (state) {
            case FIRST_REVIEW -> Optional.of(DeadlineKind.FIRST_REVIEW);
            case SUPPLEMENT -> Optional.of(DeadlineKind.SUPPLEMENT);
            case SECOND_REVIEW -> Optional.of(DeadlineKind.SECOND_REVIEW);
            case REJECTED -> appealed ? Optional.empty() : Optional.of(DeadlineKind.APPEAL);
            case APPEALED -> Optional.of(DeadlineKind.APPEAL_REVIEW);
            case DRAFT, PUBLIC_NOTICE, AWAITING_FUNDS, PAYING, SUSPENDED, ENDED, CLAWED_BACK, WITHDRAWN ->
                Optional.empty();
        };
    }

    /** @param ofScheme working days of the first review that the scheme itself sets (威金监发〔2023〕25号 第十一条: 10) */
    static Deadline end(DeadlineKind kind, LocalDate event, @Nullable Integer ofScheme, ProcessSettings settings,
            WorkingCalendar calendar) {
        return switch (kind) {
            case FIRST_REVIEW -> calendar.workingDaysAfter(event,
                    ofScheme == null ? settings.firstReviewWorkingDays() : ofScheme);
            case SECOND_REVIEW -> calendar.workingDaysAfter(event, settings.secondReviewWorkingDays());
            case SUPPLEMENT -> calendar.workingDaysAfter(event, settings.supplementWorkingDays());
            case APPEAL -> calendar.calendarDaysAfter(event, settings.appealDays());
            case APPEAL_REVIEW -> calendar.workingDaysAfter(event, settings.appealReviewWorkingDays());
            case OBJECTION -> calendar.workingDaysAfter(event, settings.objectionWorkingDays());
        };
    }
}
