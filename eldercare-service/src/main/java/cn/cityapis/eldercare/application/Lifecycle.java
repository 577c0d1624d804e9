package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.ApplicationState.Admitted;
import cn.cityapis.eldercare.application.ApplicationState.Died;
import cn.cityapis.eldercare.application.ApplicationState.Disqualified;
import cn.cityapis.eldercare.application.ApplicationState.Draft;
import cn.cityapis.eldercare.application.ApplicationState.Incomplete;
import cn.cityapis.eldercare.application.ApplicationState.Qualified;
import cn.cityapis.eldercare.application.ApplicationState.Rejected;
import cn.cityapis.eldercare.application.ApplicationState.Submitted;
import cn.cityapis.eldercare.application.ApplicationState.Withdrawn;
import java.util.List;
import java.util.Optional;

/** The life of an application: state and command → next state, or a named refusal that tells what would be possible. */
public final class Lifecycle {

    private Lifecycle() {
    }

    /** What became of a command. */
    public sealed interface Outcome {
    }

    /** The next state and the articles it rests on. */
    public record Moved(ApplicationState next, List<Integer> articles) implements Outcome {
    }

    /** @param possible the commands that this state does take */
    public record Refused(ApplicationState.Name state, Command.Name asked, List<Command.Name> possible)
            implements
                Outcome {
    }

    public static Outcome apply(ApplicationState state, Command command) {
        Optional<Moved> moved = switch (command) {
            case Command.OfReview review -> review(state, review);
            case Command.OfAssessment assessment -> AssessmentSteps.apply(state, assessment);
            case Command.OfOffer offer -> OfferSteps.apply(state, offer);
            case Command.OfPerson person -> person(state, person);
            case Command.OfResidence residence -> residence(state, residence);
        };
        return moved.<Outcome>map(next -> next)
                .orElseGet(() -> new Refused(state.name(), command.name(), possible(state)));
    }

    /** The commands that a state takes. */
    public static List<Command.Name> possible(ApplicationState state) {
        return PossibleCommands.of(state);
    }

    private static Optional<Moved> review(ApplicationState state, Command.OfReview command) {
        return switch (command) {
            case Command.Submit submit when state instanceof Draft || state instanceof Incomplete -> moved(
                    submit.missing().isEmpty()
                            ? new Submitted(submit.at(), submit.reviewBy())
                            : new Incomplete(submit.missing(), submit.at()),
                    13);
            case Command.Qualify qualify when state instanceof Submitted -> moved(new Qualified(qualify.at()), 13, 16);
            case Command.Reject reject when state instanceof Submitted ->
                moved(new Rejected(reject.at()), 5, 13);
            case Command.Submit c -> Optional.empty();
            case Command.Qualify c -> Optional.empty();
            case Command.Reject c -> Optional.empty();
        };
    }

    private static Optional<Moved> residence(ApplicationState state, Command.OfResidence command) {
        if (!(state instanceof Admitted admitted)) {
            return Optional.empty();
        }
        return command instanceof Command.MoveResident to
                ? moved(new Admitted(to.homeId(), to.bedId(), admitted.on()), 23)
                : moved(state, 23);
    }

    private static Optional<Moved> person(ApplicationState state, Command.OfPerson command) {
        boolean live = state.name().isLive();
        boolean handedIn = !(state instanceof Draft);
        boolean received = !state.name().isUnfinished();
        return switch (command) {
            case Command.ChangeCircumstances c -> live && received ? moved(state, 14) : Optional.empty();
            case Command.Withdraw c -> live ? moved(new Withdrawn(c.at()), 14) : Optional.empty();
            case Command.Expire c -> state.name().isUnfinished() ? moved(new Withdrawn(c.at()), 13) : Optional.empty();
            case Command.Disqualify c -> live && handedIn || state instanceof Admitted
                    ? moved(new Disqualified(c.at()), 26)
                    : Optional.empty();
            case Command.RecordDeath c -> live || state instanceof Admitted
                    ? moved(new Died(c.on(), c.at()), 14)
                    : Optional.empty();
        };
    }

    static Optional<Moved> moved(ApplicationState next, Integer... articles) {
        return Optional.of(new Moved(next, List.of(articles)));
    }
}
