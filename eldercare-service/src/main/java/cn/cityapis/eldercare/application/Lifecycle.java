package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.ApplicationState.Admitted;
import cn.cityapis.eldercare.application.ApplicationState.Draft;
import cn.cityapis.eldercare.application.ApplicationState.Forfeited;
import cn.cityapis.eldercare.application.ApplicationState.Incomplete;
import cn.cityapis.eldercare.application.ApplicationState.OfferAccepted;
import cn.cityapis.eldercare.application.ApplicationState.Offered;
import cn.cityapis.eldercare.application.ApplicationState.PapersChecked;
import cn.cityapis.eldercare.application.ApplicationState.Qualified;
import cn.cityapis.eldercare.application.ApplicationState.Rejected;
import cn.cityapis.eldercare.application.ApplicationState.Submitted;
import cn.cityapis.eldercare.application.ApplicationState.Waiting;
import cn.cityapis.eldercare.application.ApplicationState.Withdrawn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

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
        return switch (command) {
            case Command.Submit submit -> state instanceof Draft || state instanceof Incomplete
                    ? submit(submit)
                    : refused(state, command);
            case Command.Qualify qualify -> state instanceof Submitted
                    ? moved(new Qualified(qualify.at()), 13, 16)
                    : refused(state, command);
            case Command.Reject reject -> state instanceof Submitted
                    ? moved(new Rejected(reject.reason(), reject.at()), 5, 13)
                    : refused(state, command);
            case Command.RecordAssessment assessed -> state instanceof Qualified
                    ? moved(new Waiting(assessed.at(), assessed.objectionBy()), 17, 18)
                    : refused(state, command);
            case Command.MakeOffer offer -> state instanceof Waiting waiting
                    ? moved(new Offered(offer.offerId(), offer.homeId(), offer.moveInBy(), waiting), 8, 20)
                    : refused(state, command);
            case Command.AcceptOffer accept ->
                state instanceof Offered offered && offered.offerId().equals(accept.offerId())
                        ? moved(new OfferAccepted(offered.offerId(), offered.homeId(), offered.moveInBy(),
                                offered.before()), 20)
                        : refused(state, command);
            case Command.RefuseOffer refuse -> forfeit(state, command, refuse.offerId(), refuse.otherPlaces(),
                    "对床位安排不满意，拒绝入住", refuse.at());
            case Command.LapseOffer lapse -> forfeit(state, command, lapse.offerId(), lapse.otherPlaces(),
                    "通知入住后未在期限内办理入住手续", lapse.at());
            case Command.CheckPapers check -> state instanceof OfferAccepted accepted
                    && accepted.offerId().equals(check.offerId())
                            ? moved(new PapersChecked(accepted.offerId(), accepted.homeId(), accepted.moveInBy(),
                                    accepted.before()), 21, 22)
                            : refused(state, command);
            case Command.Admit admit ->
                state instanceof PapersChecked checked && checked.offerId().equals(admit.offerId())
                        ? moved(new Admitted(checked.homeId(), admit.bedId(), admit.on()), 21, 22)
                        : refused(state, command);
            case Command.Withdraw withdraw -> state.name().isLive()
                    ? moved(new Withdrawn(withdraw.at()), 14)
                    : refused(state, command);
        };
    }

    /** The commands that a state takes. */
    public static List<Command.Name> possible(ApplicationState state) {
        return switch (state) {
            case Draft s -> List.of(Command.Name.SUBMIT, Command.Name.WITHDRAW);
            case Incomplete s -> List.of(Command.Name.SUBMIT, Command.Name.WITHDRAW);
            case Submitted s -> List.of(Command.Name.QUALIFY, Command.Name.REJECT, Command.Name.WITHDRAW);
            case Qualified s -> List.of(Command.Name.RECORD_ASSESSMENT, Command.Name.WITHDRAW);
            case Waiting s -> List.of(Command.Name.MAKE_OFFER, Command.Name.WITHDRAW);
            case Offered s -> List.of(Command.Name.ACCEPT_OFFER, Command.Name.REFUSE_OFFER, Command.Name.LAPSE_OFFER,
                    Command.Name.WITHDRAW);
            case OfferAccepted s -> List.of(Command.Name.CHECK_PAPERS, Command.Name.REFUSE_OFFER,
                    Command.Name.LAPSE_OFFER, Command.Name.WITHDRAW);
            case PapersChecked s -> List.of(Command.Name.ADMIT, Command.Name.WITHDRAW);
            case Admitted s -> List.of();
            case Rejected s -> List.of();
            case Withdrawn s -> List.of();
            case Forfeited s -> List.of();
        };
    }

    private static Outcome submit(Command.Submit submit) {
        return submit.missing().isEmpty()
                ? moved(new Submitted(submit.at(), submit.reviewBy()), 13)
                : moved(new Incomplete(submit.missing(), submit.at()), 13);
    }

    /** 第二十四条; it ends the place at that home only, so whoever stands in another queue goes on waiting. */
    private static Outcome forfeit(ApplicationState state, Command command, UUID offer, boolean otherPlaces,
            String reason, Instant at) {
        Waiting before = switch (state) {
            case Offered offered when offered.offerId().equals(offer) -> offered.before();
            case OfferAccepted accepted when accepted.offerId().equals(offer) -> accepted.before();
            default -> null;
        };
        if (before == null) {
            return refused(state, command);
        }
        return moved(otherPlaces ? before : new Forfeited(reason, at), 24);
    }

    private static Moved moved(ApplicationState next, Integer... articles) {
        return new Moved(next, List.of(articles));
    }

    private static Refused refused(ApplicationState state, Command command) {
        return new Refused(state.name(), command.name(), possible(state));
    }
}
