package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.application.Appointment;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.List;

/**
 * 第十六条: whoever does not come on the agreed date loses his round, so he is told of it in time; a date of his own choice he
 * knows.
 */
final class AppointmentRules {

    private AppointmentRules() {
    }

    /** 400 if that day is over. */
    static void requireNotPast(LocalDate on, LocalDate today) {
        if (on.isBefore(today)) {
            new Violations().add("/on", "out-of-range", "约定日期不能早于今天").throwIfAny();
        }
    }

    /** The first day to which the applicant can be called today. */
    static LocalDate earliest(Appointment.BookedBy by, LocalDate today, RuleOptions options, WorkingCalendar calendar) {
        return switch (by) {
            case AGENCY -> calendar.workingDaysAfter(today, options.appointmentNoticeWorkingDays()).lastDay();
            case APPLICANT -> today;
        };
    }

    /** 400 if that day is too soon or too far. */
    static void check(LocalDate on, Appointment.BookedBy by, LocalDate today, RuleOptions options,
            WorkingCalendar calendar) {
        LocalDate earliest = earliest(by, today, options, calendar);
        LocalDate latest = today.plusDays(options.assessWithinDays());
        if (on.isBefore(earliest)) {
            new Violations().add("/on", "out-of-range",
                    "应至少提前 " + options.appointmentNoticeWorkingDays() + " 个工作日通知（第十六条），最早可约 " + earliest).throwIfAny();
        }
        if (on.isAfter(latest)) {
            new Violations().add("/on", "out-of-range",
                    "应在 " + options.assessWithinDays() + " 天之内，最晚可约 " + latest).throwIfAny();
        }
    }

    /** Whether the applicant may move the date once more by himself. */
    static boolean mayMove(List<Appointment> known, RuleOptions options) {
        return known.stream().filter(each -> each.bookedBy() == Appointment.BookedBy.APPLICANT).count() < options
                .mostAppointmentChanges();
    }
}
