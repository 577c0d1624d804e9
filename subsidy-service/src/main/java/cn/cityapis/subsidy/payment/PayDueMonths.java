package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.jobs.JobLock;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Collects each month once it is over into the run of its scheme, each case in a transaction of its own, and makes the
 * bank's file. A month is due on the first day of the next; what becomes due later gets a run of its own.
 */
@Component
public class PayDueMonths {

    static final String JOB = "subsidy.pay-due-months";
    private static final Logger LOG = LoggerFactory.getLogger(PayDueMonths.class);
    private static final UUID FIRST = new UUID(0, 0);
    private final Payments payments;
    private final OrderedMonths ordered;
    private final PayMonth payMonth;
    private final PaymentRuns runs;
    private final MakeBankFile files;
    private final Optional<DemoBank> demoBank;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    PayDueMonths(Payments payments, OrderedMonths ordered, PayMonth payMonth, PaymentRuns runs, MakeBankFile files,
            Optional<DemoBank> demoBank, JobLock lock, TransactionalOperator transaction, Clock clock) {
        this.payments = payments;
        this.ordered = ordered;
        this.payMonth = payMonth;
        this.runs = runs;
        this.files = files;
        this.demoBank = demoBank;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Safe to repeat and to kill anywhere: what is ordered is found ordered, what is left is taken up again. */
    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    public Mono<Void> run() {
        return lock.run(JOB, () -> held(FIRST).then(Mono.defer(this::batch))
                .expand(taken -> taken == 0 ? Mono.empty() : batch()).then());
    }

    /** Each held month once, in pages: one that fails keeps none behind it waiting. */
    private Mono<Void> held(UUID after) {
        return ordered.toDecide(after).filter(page -> !page.isEmpty())
                .flatMap(page -> Flux.fromIterable(page)
                        .concatMap(one -> payMonth.decide(one).as(transaction::transactional).onErrorResume(e -> {
                            LOG.error("Held order {} was not decided", one.item(), e);
                            return Mono.empty();
                        }))
                        .then(Mono.defer(() -> held(page.getLast().item()))));
    }

    /** @return how many months were taken in hand; a case that fails is left for the next run */
    private Mono<Integer> batch() {
        return payments.due(LocalDate.now(clock))
                .flatMapMany(Flux::fromIterable)
                .concatMap(due -> payMonth.pay(due).as(transaction::transactional).thenReturn(1).onErrorResume(e -> {
                    LOG.error("Month {} of application {} was not settled", due.month(), due.application(), e);
                    return Mono.just(0);
                }))
                .reduce(0, Integer::sum)
                .flatMap(taken -> each(PaymentRun.State.CREATED, files::make)
                        .then(Mono.defer(() -> demoBank
                                .map(bank -> each(PaymentRun.State.FILE_MADE, bank::take))
                                .orElse(Mono.empty())))
                        .thenReturn(taken));
    }

    private Mono<Void> each(PaymentRun.State state, Function<UUID, Mono<Void>> step) {
        return runs.in(state).defaultIfEmpty(List.of()).flatMapMany(Flux::fromIterable)
                .concatMap(run -> step.apply(run).as(transaction::transactional).onErrorResume(e -> {
                    LOG.error("Run {} stays {}", run, state, e);
                    return Mono.empty();
                }))
                .then();
    }
}
