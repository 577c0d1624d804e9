package cn.cityapis.eldercare.application;

import static cn.cityapis.eldercare.application.Lifecycle.moved;

import cn.cityapis.eldercare.application.ApplicationState.Admitted;
import cn.cityapis.eldercare.application.ApplicationState.Forfeited;
import cn.cityapis.eldercare.application.ApplicationState.OfferAccepted;
import cn.cityapis.eldercare.application.ApplicationState.Offered;
import cn.cityapis.eldercare.application.ApplicationState.PapersChecked;
import cn.cityapis.eldercare.application.ApplicationState.Waiting;
import cn.cityapis.eldercare.application.ApplicationState.WithOffer;
import java.util.Optional;
import java.util.UUID;

/** The part of the life that leads from the notice of a bed to moving in, or past it (第二十条至第二十二条, 第二十四条). */
final class OfferSteps {

    private OfferSteps() {
    }

    static Optional<Lifecycle.Moved> apply(ApplicationState state, Command.OfOffer command) {
        return switch (command) {
            case Command.MakeOffer offer -> state instanceof Waiting waiting && !waiting.underRecheck()
                    ? moved(new Offered(offer.offerId(), offer.homeId(), offer.moveInBy(), waiting), 8, 20)
                    : Optional.empty();
            case Command.AcceptOffer accept -> of(state, accept.offerId(), Offered.class).flatMap(offered -> moved(
                    new OfferAccepted(offered.offerId(), offered.homeId(), offered.moveInBy(), offered.before()), 20));
            case Command.RefuseOffer refuse -> underWay(state, refuse.offerId()).flatMap(offered -> moved(
                    refuse.otherPlaces() ? offered.before() : new Forfeited(refuse.at()), 24));
            case Command.LapseOffer lapse -> underWay(state, lapse.offerId()).flatMap(offered -> moved(
                    lapse.otherPlaces() ? offered.before() : new Forfeited(lapse.at()), 24));
            case Command.CancelOffer cancel -> of(state, cancel.offerId(), WithOffer.class)
                    .flatMap(offered -> moved(offered.before(), 20));
            case Command.CheckPapers check -> of(state, check.offerId(), OfferAccepted.class).flatMap(offered -> moved(
                    new PapersChecked(offered.offerId(), offered.homeId(), offered.moveInBy(), offered.before()), 21,
                    22));
            case Command.Admit admit -> of(state, admit.offerId(), PapersChecked.class).flatMap(
                    offered -> moved(new Admitted(offered.homeId(), admit.bedId(), admit.on()), 21, 22));
        };
    }

    /**
     * 第二十四条 ends the place at that home only, so whoever stands in another queue goes on waiting. It counts until he has
     * moved in, so papers that are checked keep no bed.
     */
    private static Optional<WithOffer> underWay(ApplicationState state, UUID offer) {
        return of(state, offer, WithOffer.class);
    }

    private static <T extends WithOffer> Optional<T> of(ApplicationState state, UUID offer, Class<T> type) {
        return Optional.of(state).filter(type::isInstance).map(type::cast)
                .filter(offered -> offered.offerId().equals(offer));
    }
}
