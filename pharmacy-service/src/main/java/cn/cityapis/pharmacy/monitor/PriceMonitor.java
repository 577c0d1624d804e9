package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Judges retail prices as they are reported; runs in the transaction of the report. */
@Component
public class PriceMonitor {

    private final PriceFlags flags;
    private final PriceCases cases;
    private final RetailMedians medians;
    private final MarkUps markUps;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    PriceMonitor(PriceFlags flags, PriceCases cases, RetailMedians medians, MarkUps markUps, Outbox outbox, Ids ids,
            Clock clock) {
        this.flags = flags;
        this.cases = cases;
        this.medians = medians;
        this.markUps = markUps;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A retail price that a place reported and that is now its newest.
     *
     * @param before what it asked until then; null for a new shelf
     */
    public record Reported(UUID pharmacyId, UUID drugId, Fen retail, @Nullable Fen before, Instant at) {
    }

    /** How many of the prices were above. */
    public record Outcome(int yellow, int red) {
    }

    /** A judged price. */
    record Judged(Reported reported, Fen procured, @Nullable Fen median, PriceRules.Judgement judgement) {

        PriceLevel level() {
            return judgement.level();
        }

        int aboveBp() {
            return PriceRules.aboveBp(reported.retail(), procured);
        }
    }

    /** Sets or lifts the flag of each price, and opens a case for each red one that has none. */
    public Mono<Outcome> look(List<Reported> reported, Map<UUID, Drug> drugs) {
        return flags.thresholds()
                .map(all -> PriceRules.inForce(all, LocalDate.now(clock)))
                .flatMap(thresholds -> medians.of(drugs.keySet())
                        .flatMap(known -> bound(reported)
                                .map(publicOnes -> judge(reported, drugs, known, thresholds, publicOnes))))
                .flatMap(judged -> flags.put(judged)
                        .then(openCases(judged.stream().filter(j -> j.level() == PriceLevel.RED).toList()))
                        .thenReturn(new Outcome(count(judged, PriceLevel.YELLOW), count(judged, PriceLevel.RED))));
    }

    /** @param rule of medicines, which all of the catalogue are: they have an approval number */
    private record Bound(Set<UUID> places, Optional<MarkUpRules.Rule> rule) {

        PriceRules.Judgement judge(PriceRules.Judgement judged, Reported reported, Fen procured) {
            return places.contains(reported.pharmacyId())
                    ? MarkUpRules.judge(judged, reported.retail(), procured, rule)
                    : judged;
        }
    }

    /** The public ones among those who reported, and what they may add today. */
    private Mono<Bound> bound(List<Reported> reported) {
        Set<UUID> all = reported.stream().map(Reported::pharmacyId).collect(Collectors.toSet());
        return markUps.publicOnes(all).flatMap(publicOnes -> publicOnes.isEmpty()
                ? Mono.just(new Bound(publicOnes, Optional.empty()))
                : markUps.rules().map(rules -> new Bound(publicOnes,
                        MarkUpRules.inForce(rules, "medicine", LocalDate.now(clock)))));
    }

    private static List<Judged> judge(List<Reported> reported, Map<UUID, Drug> drugs, Map<UUID, Fen> medians,
            PriceRules.Thresholds thresholds, Bound bound) {
        return reported.stream().<Judged>mapMulti((r, out) -> {
            Drug drug = drugs.get(r.drugId());
            Fen procured = drug == null ? null : drug.procuredPriceFen();
            if (procured != null) {
                Fen median = medians.get(r.drugId());
                PriceRules.Judgement judged = PriceRules.judge(r.retail(), procured,
                        new PriceRules.Beside(median, r.before()), thresholds);
                out.accept(new Judged(r, procured, median, bound.judge(judged, r, procured)));
            }
        }).toList();
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
