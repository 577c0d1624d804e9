package cn.cityapis.eldercare.application;

import static cn.cityapis.eldercare.application.Lifecycle.moved;

import cn.cityapis.eldercare.application.ApplicationState.AssessmentBooked;
import cn.cityapis.eldercare.application.ApplicationState.Forfeited;
import cn.cityapis.eldercare.application.ApplicationState.NoShow;
import cn.cityapis.eldercare.application.ApplicationState.Qualified;
import cn.cityapis.eldercare.application.ApplicationState.Waiting;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The part of the life that leads from the call to the final result (第十六条至第十八条, 第二十四条（一）). */
final class AssessmentSteps {

    private AssessmentSteps() {
    }

    static Optional<Lifecycle.Moved> apply(ApplicationState state, Command.OfAssessment command) {
        return switch (command) {
            case Command.BookAssessment book -> qualifiedAt(state).flatMap(since -> moved(
                    new AssessmentBooked(since, book.appointmentId(), book.on(), book.resultBy()), 15, 16));
            case Command.MissAssessment miss -> state instanceof AssessmentBooked booked
                    ? moved(new NoShow(booked.on(), miss.at()), 16)
                    : Optional.empty();
            case Command.DeclineAssessment decline -> qualifiedAt(state)
                    .flatMap(since -> moved(new Forfeited(decline.at()), 24));
            case Command.RecordAssessment assessed -> qualifiedAt(state)
                    .flatMap(since -> moved(new Waiting(assessed.at(), assessed.objectionBy()), 17, 18));
            case Command.ObjectToResult object -> assessed(state)
                    .filter(waiting -> waiting.recheck() == null)
                    .flatMap(waiting -> moved(withAssessment(state, waiting.with(
                            new Recheck(object.at(), object.agencyOrg(), object.recheckBy(), null))), 18));
            case Command.WithdrawObjection withdraw -> endRecheck(state, withdraw.at());
            case Command.ChangeAgency change -> assessed(state).filter(Waiting::underRecheck).flatMap(
                    waiting -> moved(withAssessment(state, waiting.with(Objects.requireNonNull(waiting.recheck())
                            .by(change.agencyOrg(), change.recheckBy()))), 18));
            case Command.RecordRecheck recheck -> endRecheck(state, recheck.at());
        };
    }

    private static Optional<Lifecycle.Moved> endRecheck(ApplicationState state, Instant at) {
        UnaryOperator<Waiting> end = waiting -> {
            Recheck recheck = waiting.recheck();
            return recheck == null ? waiting : waiting.with(recheck.ended(at));
        };
        return assessed(state).filter(Waiting::underRecheck)
                .flatMap(waiting -> moved(withAssessment(state, end.apply(waiting)), 17, 18));
    }

    private static Optional<Instant> qualifiedAt(ApplicationState state) {
        if (state instanceof Qualified qualified) {
            return Optional.of(qualified.at());
        }
        return state instanceof AssessmentBooked booked ? Optional.of(booked.qualifiedAt()) : Optional.empty();
    }

    /** What is known of the assessment, while waiting and while an offer is under way. */
    static Optional<Waiting> assessed(ApplicationState state) {
        if (state instanceof Waiting waiting) {
            return Optional.of(waiting);
        }
        return state instanceof ApplicationState.WithOffer offered
                ? Optional.of(offered.before())
                : Optional.empty();
    }

    /** The same state, with what is known of the assessment changed. */
    static ApplicationState changed(ApplicationState state, UnaryOperator<Waiting> change) {
        return assessed(state).map(waiting -> withAssessment(state, change.apply(waiting))).orElse(state);
    }

    private static ApplicationState withAssessment(ApplicationState state, Waiting changed) {
        return state instanceof ApplicationState.WithOffer offered ? offered.with(changed) : changed;
    }
}
