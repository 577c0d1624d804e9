package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Judges retail prices, as they are reported and when the yardstick changes; runs in the transaction of its caller. */
@Component
public class PriceMonitor {

    private final PriceFlags flags;
    private final PriceCases cases;
    private final RetailMedians medians;
    private final RetailHistory history;
    private final MarkUps markUps;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    PriceMonitor(PriceFlags flags, PriceCases cases, RetailMedians medians, RetailHistory history, MarkUps markUps,
            Outbox outbox, Ids ids, Clock clock) {
        this.flags = flags;
        this.cases = cases;
        this.medians = medians;
        this.history = history;
        this.markUps = markUps;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** A retail price that a place reported and that is now its newest. */
    public record Reported(UUID pharmacyId, UUID drugId, Fen retail, Instant at) {
    }

    /** How many of the prices were above. */
    public record Outcome(int yellow, int red) {
    }

    /** A judged price, with what it was compared with. */
    record Judged(Reported reported, Fen procured, @Nullable Fen median, @Nullable Fen before,
            PriceRules.Judgement judgement) {

        PriceLevel level() {
            return judgement.level();
        }

        int aboveBp() {
            return PriceRules.aboveBp(reported.retail(), procured);
        }
    }

    /** By what prices are judged today. */
    public record Yardstick(Map<UUID, Drug> drugs, Map<UUID, Fen> medians, PriceRules.Thresholds thresholds,
            Set<UUID> publicPlaces, MarkUpRules.InForce markUps) {

        private @Nullable Fen procured(Reported reported) {
            Drug drug = drugs.get(reported.drugId());
            return drug == null ? null : drug.procuredPriceFen();
        }

        private boolean isAbove(Reported reported) {
            Fen procured = procured(reported);
            return procured != null && reported.retail().compareTo(procured) > 0;
        }

        /** Nothing to say of what is not procured. */
        private @Nullable Judged judge(Reported reported, @Nullable Fen before) {
            Drug drug = drugs.get(reported.drugId());
            Fen procured = procured(reported);
            if (drug == null || procured == null) {
                return null;
            }
            Fen median = medians.get(reported.drugId());
            PriceRules.Judgement judged = PriceRules.judge(reported.retail(), procured,
                    new PriceRules.Beside(median, before), thresholds);
            return new Judged(reported, procured, median, before, publicPlaces.contains(reported.pharmacyId())
                    ? MarkUpRules.judge(judged, reported.retail(), procured, markUps.of(drug.kind()))
                    : judged);
        }
    }

    /** What is needed to judge prices of these medicines at these places. */
    public Mono<Yardstick> yardstick(Map<UUID, Drug> drugs, Set<UUID> places) {
        LocalDate today = LocalDate.now(clock);
        return flags.thresholds().map(all -> PriceRules.inForce(all, today))
                .flatMap(thresholds -> medians.of(drugs.keySet()).flatMap(middle -> markUps.publicOnes(places)
                        .flatMap(publicOnes -> markUps(publicOnes, today)
                                .map(rule -> new Yardstick(drugs, middle, thresholds, publicOnes, rule)))));
    }

    /** What prices are judged by today besides the procured one, spelt out: as long as it is the same nothing changed. */
    Mono<String> limits() {
        LocalDate today = LocalDate.now(clock);
        return flags.thresholds().map(all -> PriceRules.inForce(all, today))
                .flatMap(thresholds -> markUps.rules()
                        .map(rules -> thresholds + " " + MarkUpRules.inForce(rules, today)));
    }

    private Mono<MarkUpRules.InForce> markUps(Set<UUID> publicOnes, LocalDate today) {
        return publicOnes.isEmpty()
                ? Mono.just(MarkUpRules.InForce.NONE)
                : markUps.rules().map(rules -> MarkUpRules.inForce(rules, today));
    }

    /**
     * Sets or lifts the flag of each price, and opens a case for each red one that has none and was not settled. Only
     * prices above the procured one are looked up in the seller's history: no other is judged by it. What is not procured
     * (any more) has no flag.
     */
    public Mono<Outcome> look(List<Reported> reported, Yardstick yardstick) {
        List<Reported> unprocured = reported.stream().filter(r -> yardstick.procured(r) == null).toList();
        Instant since = clock.instant().minus(Duration.ofDays(yardstick.thresholds().historyDays()));
        return history.lowest(reported.stream().filter(yardstick::isAbove).toList(), since)
                .map(lowest -> reported.stream().map(r -> yardstick.judge(r, lowest.get(RetailHistory.Shelf.of(r))))
                        .filter(Objects::nonNull).toList())
                .flatMap(judged -> flags.lift(unprocured).then(put(judged)));
    }

    private Mono<Outcome> put(List<Judged> judged) {
        return flags.put(judged)
                .then(openCases(judged.stream().filter(j -> j.level() == PriceLevel.RED).toList()))
                .thenReturn(new Outcome(count(judged, PriceLevel.YELLOW), count(judged, PriceLevel.RED)));
    }

    private Mono<Void> openCases(List<Judged> red) {
        List<UUID> fresh = red.stream().map(r -> ids.next()).toList();
        return red.isEmpty()
                ? Mono.empty()
                : cases.open(fresh, red, clock.instant())
                        .collectList()
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(id -> outbox.publish("pharmacy.price-case.opened", "price-cases/" + id,
                                Map.of("priceCaseId", id)))
                        .then();
    }

    private static int count(List<Judged> judged, PriceLevel level) {
        return (int) judged.stream().filter(j -> j.level() == level).count();
    }
}
