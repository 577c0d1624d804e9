package cn.cityapis.pharmacy.settlement;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Once a year's calendar has been loaded, the days of payment that reached into it are counted again. */
@Component
class RecountSettlements {

    private static final Caller AUTOMATIC = Caller.system("recount-settlements");
    private static final int AT_ONCE = 200;
    private static final UUID FIRST = new UUID(0, 0);

    private final DatabaseClient database;
    private final Notices notices;
    private final Audit audit;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final WorkingCalendar calendar;

    RecountSettlements(DatabaseClient database, Notices notices, Audit audit, JobLock lock,
            TransactionalOperator transaction, WorkingCalendar calendar) {
        this.database = database;
        this.notices = notices;
        this.audit = audit;
        this.lock = lock;
        this.transaction = transaction;
        this.calendar = calendar;
    }

    private record Unsure(UUID id, String buyer, LocalDate acceptedOn, int termDays, LocalDate due) {
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.recount-every:PT10M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> recount() {
        return lock.run("pharmacy.recount-settlements", () -> sweep().thenReturn(true)).then();
    }

    /** All that are unpaid, page by page, each page a transaction of its own. */
    Mono<Void> sweep() {
        return page(FIRST);
    }

    private Mono<Void> page(UUID after) {
        return unsure(after)
                .flatMap(found -> Flux.fromIterable(found).concatMap(this::anew).then().thenReturn(found))
                .as(transaction::transactional)
                .flatMap(found -> found.size() < AT_ONCE ? Mono.empty() : page(found.getLast().id()));
    }

    private Mono<List<Unsure>> unsure(UUID after) {
        return database.sql("""
                SELECT s.id, c.org, s.accepted_on, s.term_days, s.due_on
                  FROM settlement s JOIN chain c ON c.id = s.chain_id
                 WHERE s.provisional AND s.state = 'due' AND s.due_on <= :announced AND s.id > :after
                 ORDER BY s.id LIMIT 200 FOR NO KEY UPDATE OF s
                """)
                .bind("announced", calendar.lastKnown())
                .bind("after", after)
                .map(row -> new Unsure(row.get("id", UUID.class), row.get("org", String.class),
                        row.get("accepted_on", LocalDate.class), row.get("term_days", Integer.class),
                        row.get("due_on", LocalDate.class)))
                .all()
                .collectList();
    }

    private Mono<Void> anew(Unsure unsure) {
        Deadline due = SettlementRules.due(unsure.acceptedOn(),
                new SettlementRules.Term(unsure.acceptedOn(), unsure.termDays()), calendar);
        String about = "settlements/" + unsure.id();
        return database.sql("""
                UPDATE settlement SET due_on = :due, provisional = :provisional, version = version + 1 WHERE id = :id
                """)
                .bind("due", due.lastDay())
                .bind("provisional", due.provisional())
                .bind("id", unsure.id())
                .then()
                .then(audit.record(AUTOMATIC, "settlement.recount", "settlement", unsure.id().toString(),
                        Map.of("from", unsure.due().toString(), "to", due.lastDay().toString())))
                .then(notices.send(new Notice(unsure.buyer(), "settlement-recounted",
                        "结算单最迟付款日按公布的放假安排确定为 " + due.lastDay(), about)));
    }
}
