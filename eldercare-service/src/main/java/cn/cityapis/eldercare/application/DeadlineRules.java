package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.ApplicationState.AssessmentBooked;
import cn.cityapis.eldercare.application.ApplicationState.Submitted;
import cn.cityapis.eldercare.application.ApplicationState.Waiting;
import cn.cityapis.eldercare.application.ApplicationState.WithOffer;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** 第十三条, 第十八条, 第二十四条: which periods run in a state, and what becomes of one when the state is left. */
public final class DeadlineRules {

    private DeadlineRules() {
    }

    /**
     * A running period.
     *
     * @param agencyOrg the agency that it binds
     * @param homeId the home whose matter it is
     */
    public record Due(DeadlineKind kind, Deadline by, @Nullable String agencyOrg, @Nullable UUID homeId) {

        boolean sameAs(Due other) {
            return kind == other.kind && by.equals(other.by) && Objects.equals(agencyOrg, other.agencyOrg);
        }
    }

    /** How a period ends. */
    public enum Settlement {
        MET, MISSED, CLOSED
    }

    public static List<Due> running(Application application) {
        UUID home = application.reviewHome();
        return switch (application.state()) {
            case Submitted submitted -> List.of(new Due(DeadlineKind.REVIEW, submitted.reviewBy(), null, home));
            case AssessmentBooked booked ->
                List.of(new Due(DeadlineKind.RESULT, booked.resultBy(), application.agencyOrg(), home));
            case Waiting waiting -> ofResult(waiting, home);
            case WithOffer offered -> Stream.concat(
                    Stream.of(new Due(DeadlineKind.MOVE_IN, offered.moveInBy(), null, offered.homeId())),
                    ofResult(offered.before(), home).stream()).toList();
            default -> List.of();
        };
    }

    /** @param command what made the state change */
    public static Settlement settlement(DeadlineKind kind, Command.Name command) {
        return switch (kind) {
            case HAND_IN -> metBy(command, Command.Name.SUBMIT);
            case REVIEW -> metBy(command, Command.Name.QUALIFY, Command.Name.REJECT);
            // it runs beside the states: from a report to the home's verdict, or to the end of the round
            case CHANGE_REVIEW -> Settlement.CLOSED;
            // whether the result came in time is recorded from the day of the assessment itself
            case RESULT -> Settlement.CLOSED;
            case OBJECTION -> metBy(command, Command.Name.OBJECT_TO_RESULT);
            case RECHECK -> metBy(command, Command.Name.RECORD_RECHECK);
            case MOVE_IN -> command == Command.Name.LAPSE_OFFER
                    ? Settlement.MISSED
                    : metBy(command, Command.Name.ADMIT);
        };
    }

    /** The day of the warning: some working days before the last. */
    public static LocalDate warnOn(Deadline deadline, int workingDaysBefore, WorkingCalendar calendar) {
        LocalDate day = deadline.lastDay();
        for (int left = workingDaysBefore; left > 0;) {
            day = day.minusDays(1);
            if (calendar.isWorkingDay(day)) {
                left--;
            }
        }
        return day;
    }

    private static List<Due> ofResult(Waiting waiting, @Nullable UUID home) {
        Recheck recheck = waiting.recheck();
        if (recheck == null) {
            return List.of(new Due(DeadlineKind.OBJECTION, waiting.objectionBy(), null, home));
        }
        return waiting.underRecheck()
                ? List.of(new Due(DeadlineKind.RECHECK, recheck.by(), recheck.agencyOrg(), home))
                : List.of();
    }

    private static Settlement metBy(Command.Name command, Command.Name... meeting) {
        return List.of(meeting).contains(command) ? Settlement.MET : Settlement.CLOSED;
    }
}
