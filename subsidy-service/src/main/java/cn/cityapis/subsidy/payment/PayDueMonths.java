package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.jobs.JobLock;
import java.time.Clock;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pays each month once it is over: a month is due on the first day of the next, each case in a transaction of its own. */
@Component
public class PayDueMonths {

    private static final Logger LOG = LoggerFactory.getLogger(PayDueMonths.class);

    private final Payments payments;
    private final PayMonth payMonth;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    PayDueMonths(Payments payments, PayMonth payMonth, JobLock lock, TransactionalOperator transaction, Clock clock) {
        this.payments = payments;
        this.payMonth = payMonth;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Safe to repeat and to kill anywhere: what is paid is found paid. */
    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    public Mono<Void> run() {
        return lock.run("subsidy.pay-due-months",
                () -> batch().expand(paid -> paid == 0 ? Mono.empty() : batch()).then());
    }

    /** @return how many months were settled; a case that fails is left for the next run */
    private Mono<Integer> batch() {
        return payments.due(LocalDate.now(clock))
                .flatMapMany(Flux::fromIterable)
                .concatMap(due -> payMonth.pay(due).as(transaction::transactional).thenReturn(1).onErrorResume(e -> {
                    LOG.error("Month {} of application {} was not settled", due.month(), due.application(), e);
                    return Mono.just(0);
                }))
                .reduce(0, Integer::sum);
    }
}
