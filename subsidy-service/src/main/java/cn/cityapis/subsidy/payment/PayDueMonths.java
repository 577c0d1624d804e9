package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Collects each month once it is over into the run of its scheme, each case in a transaction of its own, and makes the
 * bank's file once nothing is due any more or the file is full. A month is due on the first day of the next; what becomes
 * due later gets a run of its own.
 */
@Component
public class PayDueMonths {

    static final String JOB = "subsidy.pay-due-months";
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
    private final int pageRows;
    private final int fileRows;

    PayDueMonths(Payments payments, OrderedMonths ordered, PayMonth payMonth, PaymentRuns runs, MakeBankFile files,
            Optional<DemoBank> demoBank, JobLock lock, TransactionalOperator transaction, Clock clock,
            @Value("${subsidy.payment.page-rows}") int pageRows, @Value("${subsidy.payment.file-rows}") int fileRows) {
        this.payments = payments;
        this.ordered = ordered;
        this.payMonth = payMonth;
        this.runs = runs;
        this.files = files;
        this.demoBank = demoBank;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
        this.pageRows = pageRows;
        this.fileRows = fileRows;
    }

    /** Safe to repeat and to kill anywhere: what is ordered is found ordered, what is left is taken up again. */
    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    public Mono<Void> run() {
        return lock.run(JOB, () -> Sweep.run(sweep -> held(sweep).then(Mono.defer(() -> due(sweep)))
                .then(Mono.defer(() -> each(sweep, PaymentRun.State.CREATED, files::make)))
                .then(Mono.defer(() -> demoBank.map(bank -> each(sweep, PaymentRun.State.FILE_MADE, bank::take))
                        .orElse(Mono.empty())))));
    }

    private Mono<Void> held(Sweep sweep) {
        return pages(ordered.toDecide(FIRST, pageRows),
                last -> ordered.toDecide(last.item(), pageRows),
                page -> Flux.fromIterable(page)
                        .concatMap(one -> alone(sweep, payMonth.decide(one), "held order " + one.item()))
                        .then(Mono.defer(() -> fullFiles(sweep))));
    }

    /** Of each case one month at least; what is left of several is taken in hand the next time. */
    private Mono<Void> due(Sweep sweep) {
        LocalDate today = LocalDate.now(clock);
        return pages(payments.due(today, LocalDate.EPOCH, FIRST, pageRows),
                last -> payments.due(today, last.month(), last.application(), pageRows),
                page -> Flux.fromIterable(page)
                        .concatMap(
                                one -> alone(sweep, payMonth.pay(one),
                                        one.month() + " of application " + one.application()))
                        .then(Mono.defer(() -> fullFiles(sweep))));
    }

    /** From page to page until one is empty: what fails is passed over, and keeps none behind it waiting. */
    private static <T> Mono<Void> pages(Mono<List<T>> first, Function<T, Mono<List<T>>> next,
            Function<List<T>, Mono<Void>> work) {
        return first.expand(page -> page.isEmpty()
                ? Mono.empty()
                : work.apply(page).then(Mono.defer(() -> next.apply(page.getLast())))).then();
    }

    /** In a transaction of its own; what fails is left for the next time. */
    private Mono<Void> alone(Sweep sweep, Mono<Void> step, String what) {
        return sweep.passOver("Not done, " + what, step.as(transaction::transactional));
    }

    /** A run is closed before the next page could bring it above the most that a file takes. */
    private Mono<Void> fullFiles(Sweep sweep) {
        return runs.collecting(fileRows - pageRows).flatMapMany(Flux::fromIterable)
                .concatMap(run -> alone(sweep, files.make(run), "file of run " + run)).then();
    }

    private Mono<Void> each(Sweep sweep, PaymentRun.State state, Function<UUID, Mono<Void>> step) {
        return pages(runs.in(state, FIRST, pageRows), last -> runs.in(state, last, pageRows),
                page -> Flux.fromIterable(page).concatMap(run -> alone(sweep, step.apply(run), "run " + run)).then());
    }
}
