package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.Command.Name;
import java.util.List;
import java.util.stream.Stream;

/** Which commands a state takes: written down apart from {@link Lifecycle}, and tested to say the same. */
final class PossibleCommands {

    private PossibleCommands() {
    }

    static List<Name> of(ApplicationState state) {
        return Stream.concat(steps(state).stream(), person(state).stream()).toList();
    }

    private static List<Name> steps(ApplicationState state) {
        return switch (state.name()) {
            case DRAFT, INCOMPLETE -> List.of(Name.SUBMIT);
            case SUBMITTED -> List.of(Name.QUALIFY, Name.REJECT);
            case QUALIFIED -> List.of(Name.BOOK_ASSESSMENT, Name.RECORD_ASSESSMENT, Name.DECLINE_ASSESSMENT);
            case ASSESSMENT_BOOKED -> List.of(Name.BOOK_ASSESSMENT, Name.RECORD_ASSESSMENT, Name.MISS_ASSESSMENT,
                    Name.DECLINE_ASSESSMENT);
            case WAITING -> concat(List.of(Name.MAKE_OFFER), objection(state));
            case RECHECKING -> objection(state);
            case OFFERED -> concat(
                    List.of(Name.ACCEPT_OFFER, Name.REFUSE_OFFER, Name.LAPSE_OFFER, Name.CANCEL_OFFER),
                    objection(state));
            case OFFER_ACCEPTED -> concat(
                    List.of(Name.CHECK_PAPERS, Name.REFUSE_OFFER, Name.LAPSE_OFFER, Name.CANCEL_OFFER),
                    objection(state));
            case PAPERS_CHECKED -> concat(
                    List.of(Name.ADMIT, Name.REFUSE_OFFER, Name.LAPSE_OFFER, Name.CANCEL_OFFER), objection(state));
            case ADMITTED -> List.of(Name.REASSESS, Name.NOTE_ILLNESS, Name.MOVE_RESIDENT);
            case REJECTED, WITHDRAWN, NO_SHOW, FORFEITED, DISQUALIFIED, DIED -> List.of();
        };
    }

    /** 第十八条: one objection; while it runs, it may be taken back or decided. */
    private static List<Name> objection(ApplicationState state) {
        return AssessmentSteps.assessed(state).map(assessed -> {
            if (assessed.underRecheck()) {
                return List.of(Name.RECORD_RECHECK, Name.WITHDRAW_OBJECTION, Name.CHANGE_AGENCY);
            }
            return assessed.recheck() == null ? List.of(Name.OBJECT_TO_RESULT) : List.<Name>of();
        }).orElse(List.of());
    }

    private static List<Name> person(ApplicationState state) {
        return switch (state.name()) {
            case DRAFT -> List.of(Name.WITHDRAW, Name.EXPIRE, Name.RECORD_DEATH);
            case INCOMPLETE -> List.of(Name.WITHDRAW, Name.EXPIRE, Name.DISQUALIFY, Name.RECORD_DEATH);
            case SUBMITTED, QUALIFIED, ASSESSMENT_BOOKED, WAITING, RECHECKING, OFFERED, OFFER_ACCEPTED,
                    PAPERS_CHECKED ->
                List.of(Name.CHANGE_CIRCUMSTANCES, Name.WITHDRAW, Name.DISQUALIFY, Name.RECORD_DEATH);
            case ADMITTED -> List.of(Name.DISQUALIFY, Name.RECORD_DEATH);
            case REJECTED, WITHDRAWN, NO_SHOW, FORFEITED, DISQUALIFIED, DIED -> List.of();
        };
    }

    private static List<Name> concat(List<Name> first, List<Name> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
