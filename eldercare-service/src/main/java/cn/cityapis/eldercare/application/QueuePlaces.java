package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.eldercare.waitlist.Waitlist;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An application's places in the queues, re-filed under what is known of it now; the caller holds the homes. */
@Component
public class QueuePlaces {

    private final Waitlist waitlist;
    private final CompanionPlaces companions;

    QueuePlaces(Waitlist waitlist, CompanionPlaces companions) {
        this.waitlist = waitlist;
        this.companions = companions;
    }

    /** What a new place of his needs, by what is known of him now. */
    public Mono<Needs> needs(Application application) {
        Dossier dossier = application.dossier();
        Needs alone = new Needs(dossier.level(), dossier.sex(), kinds(dossier.form()));
        return companions.together(application.id()).map(alone::with).defaultIfEmpty(alone);
    }

    /** @param phase of all running places but one whose offer is under way, which goes on */
    public Mono<Void> refile(Application application, Entry.Phase phase) {
        Channel channel = application.dossier().channel().channel();
        return running(application)
                .concatMap(entry -> waitlist.refile(entry.id(), channel, phaseOf(application, entry, phase),
                        needs(application, entry)))
                .then();
    }

    /** Channel and needs anew; each place stays in its phase. */
    Mono<Void> rederive(Application application) {
        Channel channel = application.dossier().channel().channel();
        return running(application).concatMap(
                entry -> waitlist.refile(entry.id(), channel, entry.phase(), needs(application, entry))).then();
    }

    /** The same under another channel, as if handed in at that time. */
    Mono<Void> rederive(Application application, Instant at) {
        Channel channel = application.dossier().channel().channel();
        return running(application).concatMap(entry -> waitlist.refileAnew(entry.id(), channel, entry.phase(),
                needs(application, entry), at)).then();
    }

    private Flux<Entry> running(Application application) {
        return waitlist.of(application.id())
                .flatMapMany(Flux::fromIterable)
                .filter(entry -> entry.phase() != Entry.Phase.ENDED);
    }

    private static Entry.Phase phaseOf(Application application, Entry entry, Entry.Phase phase) {
        boolean underWay = entry.phase() == Entry.Phase.OFFERED
                && application.state() instanceof ApplicationState.WithOffer;
        return underWay ? Entry.Phase.OFFERED : phase;
    }

    private static Needs needs(Application application, Entry entry) {
        return new Needs(application.dossier().level(), entry.needs().sex(), kinds(application.dossier().form()),
                entry.needs().companion());
    }

    private static Set<BedKind> kinds(ApplicationForm form) {
        return form.bedKinds().isEmpty() ? EnumSet.noneOf(BedKind.class) : EnumSet.copyOf(form.bedKinds());
    }
}
