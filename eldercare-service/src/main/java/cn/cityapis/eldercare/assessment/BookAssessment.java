package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Appointment;
import cn.cityapis.eldercare.application.Appointments;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Calls an applicant to his assessment, in turn, and agrees on a date; either side may move it (第十六条). */
@Component
class BookAssessment {

    private final ApplicationAccess access;
    private final Applications applications;
    private final Appointments appointments;
    private final Decisions decisions;
    private final RuleBooks books;
    private final Notices notices;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    BookAssessment(ApplicationAccess access, Applications applications, Appointments appointments, Decisions decisions,
            RuleBooks books, Notices notices, Audit audit, WorkingCalendar calendar, Ids ids, Clock clock) {
        this.access = access;
        this.applications = applications;
        this.appointments = appointments;
        this.decisions = decisions;
        this.books = books;
        this.notices = notices;
        this.audit = audit;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param place where to come to; null: as agreed before */
    record Date(LocalDate on, @Nullable String place, @Nullable String outOfTurnReason) {
    }

    /** By the agency, or the home that calls for it. Whoever is first has to be called first, or a reason given. */
    Mono<Application> call(Caller caller, UUID id, IfMatch ifMatch, Date date) {
        AppointmentRules.requireNotPast(date.on(), LocalDate.now(clock));
        return access.holdCalled(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> passedOver(application)
                        .flatMap(ahead -> {
                            if (ahead > 0 && date.outOfTurnReason() == null) {
                                return Mono.error(Decisions
                                        .refusal(EldercareProblem.OTHERS_FIRST, application,
                                                "次序在前的 " + ahead + " 位申请人尚未通知评估；确需提前的，请说明理由")
                                        .with("ahead", ahead));
                            }
                            return book(caller, application, date, Appointment.BookedBy.AGENCY, ahead);
                        }));
    }

    /** By the applicant, as long as the agreed date has not come. */
    Mono<Application> move(Caller caller, UUID id, IfMatch ifMatch, LocalDate on) {
        AppointmentRules.requireNotPast(on, LocalDate.now(clock));
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .doOnNext(this::requireMovable)
                .flatMap(application -> book(caller, application, new Date(on, null, null),
                        Appointment.BookedBy.APPLICANT, 0));
    }

    private Mono<Application> book(Caller caller, Application application, Date date, Appointment.BookedBy by,
            long ahead) {
        return Mono.zip(books.of(application.ruleBookId(), application.handedInOn()), appointments.of(application.id()))
                .flatMap(known -> {
                    AppointmentRules.check(date.on(), by, LocalDate.now(clock), known.getT1().options(), calendar);
                    requireMovesLeft(application, by, known.getT2(), known.getT1().options());
                    UUID appointment = ids.next();
                    String place = date.place() != null || known.getT2().isEmpty()
                            ? String.valueOf(date.place())
                            : known.getT2().getFirst().place();
                    Command command = new Command.BookAssessment(appointment, date.on(),
                            calendar.workingDaysAfter(date.on(), known.getT1().options().resultWorkingDays()));
                    Lifecycle.Moved moved = Decisions.require(application, command);
                    return decisions
                            .commit(application, application, command, moved, "约定 " + date.on() + " 开展能力评估", caller)
                            .flatMap(stored -> appointments
                                    .insert(stored.id(),
                                            new Appointment(appointment, String.valueOf(stored.agencyOrg()), date.on(),
                                                    place,
                                                    by, ahead, date.outOfTurnReason(), Appointment.State.BOOKED,
                                                    clock.instant()))
                                    .then(tell(caller, stored, date.on()))
                                    .thenReturn(stored));
                });
    }

    /** Notices are kept in clear, and the place may be somebody's home. */
    private Mono<Void> tell(Caller caller, Application application, LocalDate on) {
        String about = "applications/" + application.id();
        return notices
                .send(new Notice(application.owner(), "assessment-booked",
                        "请于 " + on + " 接受能力评估，地点见申请；未按约定日期前来的，取消本次轮候资格，如不便请提前改期", about))
                .then(notices.send(new Notice(String.valueOf(application.agencyOrg()), "assessment-booked",
                        "能力评估约定在 " + on, about)))
                .then(audit.record(caller, "assessment.book", "application", application.id().toString(),
                        Map.of("on", on.toString())));
    }

    private Mono<Long> passedOver(Application application) {
        return application.state() instanceof ApplicationState.Qualified
                ? applications.uncalledBefore(application)
                : Mono.just(0L);
    }

    private void requireMovable(Application application) {
        LocalDate today = LocalDate.now(clock);
        if (!(application.state() instanceof ApplicationState.AssessmentBooked booked)) {
            throw Decisions.refusal(EldercareProblem.NOT_POSSIBLE_NOW, application, "尚未约定评估日期，不能改期");
        }
        if (!today.isBefore(booked.on())) {
            throw Decisions.refusal(EldercareProblem.DATE_REACHED, application,
                    "已到约定日期 " + booked.on() + "，不能再自行改期，请联系评估机构");
        }
    }

    private static void requireMovesLeft(Application application, Appointment.BookedBy by, List<Appointment> known,
            RuleOptions options) {
        if (by == Appointment.BookedBy.APPLICANT && !AppointmentRules.mayMove(known, options)) {
            throw Decisions.refusal(EldercareProblem.NOT_POSSIBLE_NOW, application,
                    "最多可自行改期 " + options.mostAppointmentChanges() + " 次，如仍不便请联系评估机构");
        }
    }
}
