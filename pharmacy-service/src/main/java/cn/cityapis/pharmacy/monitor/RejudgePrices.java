package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.platform.jobs.JobLock;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Judges the prices on the shelves anew where a procured price, a threshold or the mark-up of public institutions has
 * changed since: nobody need report for that. What changes by itself from day to day (the median, the seller's own
 * history) counts at the next report.
 */
@Component
class RejudgePrices {

    /** Few, since reports on these shelves wait. */
    private static final int AT_ONCE = 500;
    private static final UUID NOWHERE = new UUID(0, 0);

    private final JudgedShelves shelves;
    private final PriceMonitor monitor;
    private final Drugs drugs;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    RejudgePrices(JudgedShelves shelves, PriceMonitor monitor, Drugs drugs, JobLock lock,
            TransactionalOperator transaction, Clock clock) {
        this.shelves = shelves;
        this.monitor = monitor;
        this.drugs = drugs;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.rejudge-every:PT10M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> watch() {
        return lock.run("pharmacy.rejudge-prices", () -> sweep().thenReturn(true)).then();
    }

    /** Answers how many shelves were looked at. */
    Mono<Long> sweep() {
        return monitor.limits().flatMap(limits -> shelves.yardsticks()
                .flatMap(before -> drugs.findAll(before.keySet())
                        .filter(drug -> !yardstick(drug, limits).equals(before.get(drug.drugId()))).collectList())
                .flatMapMany(Flux::fromIterable)
                .concatMap(drug -> rejudge(drug, yardstick(drug, limits)))
                .reduce(0L, Long::sum));
    }

    private static String yardstick(Drug drug, String limits) {
        return drug.procuredPriceFen() == null ? "none" : drug.procuredPriceFen() + " " + limits;
    }

    private Mono<Long> rejudge(Drug drug, String yardstick) {
        return page(drug, NOWHERE)
                .expand(held -> held.size() < AT_ONCE ? Mono.empty() : page(drug, held.getLast().pharmacyId()))
                .map(held -> (long) held.size())
                .reduce(0L, Long::sum)
                .flatMap(looked -> shelves.judged(drug.drugId(), yardstick, OffsetDateTime.now(clock))
                        .thenReturn(looked));
    }

    private Mono<List<PriceMonitor.Reported>> page(Drug drug, UUID after) {
        return shelves.hold(drug.drugId(), after, AT_ONCE, LocalDate.now(clock))
                .flatMap(held -> monitor.yardstick(Map.of(drug.drugId(), drug),
                        held.stream().map(PriceMonitor.Reported::pharmacyId).collect(Collectors.toSet()))
                        .flatMap(yardstick -> monitor.look(held, yardstick))
                        .thenReturn(held))
                .as(transaction::transactional);
    }
}
