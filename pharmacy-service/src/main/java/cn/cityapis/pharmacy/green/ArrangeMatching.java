package cn.cityapis.pharmacy.green;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The office invites buyers to meet the maker of a listed product; they say whether they are interested; it notes what came of it. */
@Component
class ArrangeMatching {

    private final MatchingEvents events;
    private final GreenApplications applications;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    ArrangeMatching(MatchingEvents events, GreenApplications applications, Parties parties, Audit audit, Outbox outbox,
            Ids ids, Clock clock) {
        this.events = events;
        this.applications = applications;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<MatchingEvents.MatchingEvent> arrange(Caller caller, UUID application, String title, LocalDate heldOn,
            String place, List<UUID> chains) {
        UUID id = ids.next();
        return applications.find(null, application).map(found -> found.state() == GreenRules.State.LISTED)
                .defaultIfEmpty(false)
                .flatMap(listed -> events.knownChains(chains).doOnNext(known -> check(listed, heldOn, chains, known)))
                .flatMap(known -> events.insert(id, application, title, heldOn, place, known))
                .then(tell(caller, "arranged", id))
                .then(Mono.defer(() -> one(null, id)));
    }

    private void check(boolean listed, LocalDate heldOn, List<UUID> chains, List<UUID> known) {
        Violations wrong = new Violations();
        if (!listed) {
            wrong.add("/applicationId", "not-listed", "只有已挂网的产品可以安排对接会");
        }
        if (heldOn.isBefore(LocalDate.now(clock))) {
            wrong.add("/heldOn", "out-of-range", "日期已过");
        }
        for (int i = 0; i < chains.size(); i++) {
            if (!known.contains(chains.get(i))) {
                wrong.add("/chainIds/" + i, "unknown", "没有这家采购方");
            }
        }
        wrong.throwIfAny();
    }

    Mono<MatchingEvents.MatchingEvent> interest(Caller caller, UUID event, String interest) {
        return parties.buyer(caller).flatMap(chain -> events.interest(event, chain.id(), interest)
                .switchIfEmpty(missing())
                .then(tell(caller, "interest", event))
                .then(Mono.defer(() -> one(chain.id(), event))));
    }

    Mono<MatchingEvents.MatchingEvent> outcome(Caller caller, UUID event, UUID chain, String outcome, String note) {
        return events.outcome(event, chain, outcome, note).switchIfEmpty(missing())
                .then(tell(caller, "outcome", event))
                .then(Mono.defer(() -> one(null, event)));
    }

    private Mono<MatchingEvents.MatchingEvent> one(@org.jspecify.annotations.Nullable UUID chain, UUID event) {
        return events.list(chain, null, event).map(List::getFirst);
    }

    private static Mono<UUID> missing() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这场对接会，或企业不在邀请之列"));
    }

    private Mono<Void> tell(Caller caller, String what, UUID event) {
        return Mono.defer(() -> audit.record(caller, "matching." + what, "matching-event", event.toString(), Map.of())
                .then(outbox.publish("pharmacy.matching." + what, "matching-events/" + event,
                        Map.of("eventId", event))));
    }
}
